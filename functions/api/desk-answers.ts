import * as z from 'zod';
import { articleInput } from '../article/article-input.ts';
import { slug } from '../article/fields.ts';
import { oldPathList, redirectList } from '../article/redirect.ts';

const text = z.string();
const count = z.int().min(0);
const positive = z.int().min(1);
const first = z.array(text).meta({ description: 'The first 50' });

const removed = z.strictObject({ element: text, line: positive.optional(), reason: text });

const summary = z.strictObject({
  at: z.iso.datetime().meta({ description: 'When the last run ended' }),
  created: first,
  changed: first,
  removed: first,
  kept: first.meta({ description: 'What stays as the API left it, and why' }),
  broken: z
    .array(
      z.strictObject({
        file: text,
        faults: z.array(z.strictObject({ line: positive, pointer: text, message: text })),
      }),
    )
    .meta({ description: 'Files that are not imported: the first 50, with five faults of each' }),
  leftOut: z
    .array(z.strictObject({ file: text, removed: z.array(removed) }))
    .meta({ description: 'What stored texts lack of their files' }),
  notes: first,
  counts: z.record(z.enum(['created', 'changed', 'removed', 'kept', 'broken', 'unchanged']), count),
  left: count.meta({ description: 'Files and removals that the next run goes on with' }),
  runs: positive,
});

/** What an import of the content files has done. */
const importAnswer = z.strictObject({
  authority: text.meta({ description: "site.yaml's, in every id" }),
  isPending: z.boolean().meta({ description: 'A run is under way, or comes within a minute' }),
  summary: summary.nullable().meta({ description: 'null while the first run is under way' }),
});

const time = z.iso.datetime();

/** How the followed sources are. */
const sourcesAnswer = z.strictObject({
  items: z.array(
    z.strictObject({
      name: text,
      feed: z.url(),
      address: z.url().meta({ description: 'Where the feed is asked for: it may have moved for good' }),
      movedTo: z.url().nullable().meta({ description: 'Where it moved; believed when it says so again' }),
      followedSince: time,
      lastTry: time,
      lastSuccess: time.nullable(),
      nextTry: time.nullable().meta({ description: 'null: the feed is gone and asked no more' }),
      failures: count.meta({ description: 'In a row' }),
      wrong: text.nullable().meta({ description: 'Why the last try failed' }),
      leftOut: z.array(text).meta({ description: 'What of the feed was not taken, and why: the first 20' }),
      takenToday: count.meta({ description: "New articles of the last try's day" }),
      waiting: count.meta({ description: 'New items for which that day had no room' }),
      push: z
        .strictObject({
          hub: z.url(),
          until: time.nullable().meta({ description: 'null: the hub has not said that it tells' }),
          toldAt: time.nullable().meta({ description: 'When it last told of a change' }),
          wrong: text.nullable().meta({ description: 'Why it does not tell' }),
        })
        .nullable()
        .meta({ description: 'The hub that is asked to tell of changes; null: the feed names none' }),
    }),
  ),
});

/** One page of the stored redirects. */
const redirectsAnswer = z.strictObject({
  redirects: z.array(z.strictObject({ from: text, to: text })).meta({ description: 'By their old paths' }),
  next: text.nullable().meta({ description: 'The path of the next page' }),
});

/** Whatever site.yaml may say: its own rules are those of its file. */
const settingsAnswer = z.looseObject({ title: text, authority: text });

/** One page of a repair. */
const repairedPage = z.strictObject({
  articles: count.meta({ description: 'Articles whose rows were checked' }),
  rows: count.meta({ description: 'Rows whose article was checked' }),
  findings: z.array(
    z.strictObject({
      outcome: z
        .enum(['added', 'corrected', 'removed', 'broken'])
        .meta({ description: 'broken: the article itself is damaged and cannot be repaired' }),
      row: text.meta({ description: 'Its key' }),
      what: text,
    }),
  ),
  done: count.meta({ description: 'Steps completed' }),
  steps: positive.meta({ description: 'Steps in total' }),
  next: text.nullable().meta({ description: 'The path of the next page' }),
});

/** What signed requests that concern no single article send and get. */
export const deskSchemas = {
  PreviewLinkBody: z.looseObject({
    renew: z.boolean().optional().meta({ description: 'Whether the address so far is to end' }),
  }),
  PreviewLink: z.strictObject({ url: z.url() }),
  PreviewBody: articleInput.safeExtend({ slug: slug.optional() }),
  Preview: z.strictObject({
    html: text.meta({ description: 'The whole page, for a sandboxed frame. It has no script' }),
    removed: z.array(removed),
  }),
  Import: importAnswer,
  Sources: sourcesAnswer,
  Settings: settingsAnswer,
  Redirects: redirectList,
  RedirectPage: redirectsAnswer,
  OldPaths: oldPathList,
  RepairedPage: repairedPage,
};
