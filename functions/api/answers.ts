import * as z from 'zod';
import { articleInput } from '../article/article-input.ts';

// Every answer in JSON. Types are made of these, so that code and description cannot part; no function carries them along.
const time = z.iso.datetime({ offset: true }).meta({ examples: ['2015-12-02T10:36:55+08:00'] });
const url = z.url();
const count = z.int().min(0);
const views = count.nullable().meta({ description: 'null when the count could not be read in time' });
const origin = z.enum(['content', 'api']);
const status = z.enum(['published', 'draft', 'gone']);

const neighbour = z.strictObject({ slug: z.string(), title: z.string(), url });

const head = {
  slug: z.string(),
  url,
  title: z.string(),
  summary: z.string(),
  publishedAt: time,
  updatedAt: time,
  category: z.string().nullable(),
  tags: z.array(z.string()),
  language: z.string().meta({ description: 'BCP 47' }),
};

export const card = z.strictObject({
  ...head,
  source: z.strictObject({ name: z.string(), url: url.nullable() }),
});

export const article = z.strictObject({
  id: z.string().meta({ description: 'The identity for ever' }),
  ...head,
  contentHtml: z.string().meta({ description: 'Clean HTML, every address in it absolute' }),
  source: z.strictObject({ name: z.string(), url: url.nullable(), credit: z.string().nullable() }),
  authors: z.array(z.string()),
  image: z
    .strictObject({
      url,
      alt: z.string().optional(),
      width: count.optional(),
      height: count.optional(),
      type: z.string().optional(),
      length: count.optional().meta({ description: 'Bytes' }),
    })
    .nullable(),
  views,
  previous: neighbour.nullable().meta({ description: 'The next older article' }),
  next: neighbour.nullable().meta({ description: 'The next newer article' }),
  translations: z
    .array(z.strictObject({ ...neighbour.shape, language: head.language }))
    .optional()
    .meta({ description: 'This article in other languages; missing where there is none' }),
});

export const streamPage = z.strictObject({
  stream: z.string(),
  title: z.string(),
  url,
  items: z.array(card),
  older: url.nullable(),
  newer: url.nullable(),
});

const ranked = z
  .array(
    z.strictObject({ ...card.shape, views: count.meta({ description: 'In the period, as last counted' }) }),
  )
  .max(10);
export const mostRead = z.strictObject({
  title: z.string(),
  url,
  periods: z.strictObject({
    today: ranked.meta({ description: "The day of the site's zone" }),
    week: ranked.meta({ description: 'Today and the 6 days before' }),
    month: ranked.meta({ description: 'Today and the 29 days before' }),
    ever: ranked,
  }),
});

export const viewCount = z.strictObject({ slug: z.string(), views });

const stored = {
  slug: z.string(),
  url: url.meta({ description: 'The public page' }),
  id: z.string(),
  status,
  version: z.int().min(1).meta({ description: 'Moves by one with every write; the ETag' }),
  origin: origin.meta({ description: 'Who wrote it last' }),
  publishedAt: time,
  updatedAt: time,
};

export const savedArticle = z.strictObject({
  outcome: z.enum(['created', 'replaced', 'unchanged']),
  ...stored,
});

const { markdown: _, html: __, text: ___, ...withoutText } = articleInput.shape;
export const storedArticle = z.strictObject({
  ...stored,
  article: z.union([articleInput, z.strictObject(withoutText)]).meta({
    description:
      'As PUT takes it back: what nobody gave is not in it. Of one that is gone the text is missing',
  }),
});

export const articleList = z.strictObject({
  items: z.array(
    z.strictObject({
      ...{ slug: z.string(), title: z.string(), status, version: z.int().min(1), origin },
      publishedAt: time,
      firstStoredAt: time,
    }),
  ),
  next: z.string().nullable().meta({ description: 'The path of the next page' }),
});

export const repairedPage = z.strictObject({
  articles: count.meta({ description: 'Those whose rows were looked for' }),
  rows: count.meta({ description: 'Those whose article was looked for' }),
  findings: z.array(
    z.strictObject({
      outcome: z
        .enum(['added', 'corrected', 'removed', 'broken'])
        .meta({ description: 'broken: an article itself, which nothing tells how to mend' }),
      row: z.string().meta({ description: 'Its keys' }),
      what: z.string(),
    }),
  ),
  done: count.meta({ description: 'Steps that are over' }),
  steps: z.int().min(1).meta({ description: 'In all' }),
  next: z.string().nullable().meta({ description: 'The path of the next page' }),
});

const day = z.iso.date();
export const stats = z.strictObject({
  today: day.meta({ description: "In the site's zone" }),
  items: z.array(
    z.strictObject({
      ...{ slug: z.string(), title: z.string(), status },
      views: count.meta({ description: 'In all' }),
      days: z
        .record(day, z.int().min(1))
        .meta({ description: 'Of today and the 30 days before, each that had any' }),
    }),
  ),
  next: z.string().nullable().meta({ description: 'The path of the next page' }),
});

export const problem = z.looseObject({
  type: z.string().meta({ description: 'Leads to the response of this kind in this description' }),
  title: z.string(),
  status: z.int().min(400).max(599),
  detail: z.string().optional(),
  errors: z
    .array(
      z.strictObject({
        pointer: z.string().meta({ description: 'RFC 6901; empty for the whole' }),
        message: z.string(),
      }),
    )
    .optional(),
});

/** As their makers have to make them. */
export type ArticleJson = z.output<typeof article>;
export type CardJson = z.output<typeof card>;
export type StreamJson = z.output<typeof streamPage>;
export type MostReadJson = z.output<typeof mostRead>;
export type ViewCountJson = z.output<typeof viewCount>;
export type SavedJson = z.output<typeof savedArticle>;
/** What PUT takes back is not yet what it makes of it. */
export type StoredJson = z.input<typeof storedArticle>;
export type RepairedJson = z.output<typeof repairedPage>;
export type ListedJson = z.output<typeof articleList>['items'][number];
export type StatsJson = z.output<typeof stats>;
