import * as z from 'zod';
import { articleInput, removal } from '../article/article-input.ts';
import { deskSchemas } from './desk-answers.ts';
import { articleImage, pictureSchemas } from './picture-answers.ts';

// Functions import nothing but the types made of these schemas, so that no answer differs from its description.
const text = z.string();
const url = z.url();
const time = z.iso.datetime({ offset: true }).meta({ examples: ['2015-12-02T10:36:55+08:00'] });
const day = z.iso.date();
const count = z.int().min(0);
const positive = z.int().min(1);
const views = count.nullable().meta({ description: 'null if the count could not be read in time' });
const origin = z.enum(['content', 'api', 'pull']);
const status = z.enum(['published', 'draft', 'gone']);
// Left out of the text that was sent, with its line there.
const removed = z.strictObject({ element: text, line: positive.optional(), reason: text });
const fault = z.strictObject({
  pointer: text.meta({ description: 'RFC 6901; empty for the whole body' }),
  message: text,
});
const next = text.nullable().meta({ description: 'The path of the next page' });
const neighbour = z.strictObject({ slug: text, title: text, url });

const head = {
  slug: text,
  url,
  title: text,
  summary: text,
  publishedAt: time,
  updatedAt: time,
  category: text.nullable(),
  tags: z.array(text),
  language: text.meta({ description: 'BCP 47' }),
};
const source = { name: text, url: url.nullable() };
const card = z.strictObject({ ...head, source: z.strictObject(source) });

const inPeriod = count.meta({ description: 'In this period, as last counted' });
const ranked = z.array(z.strictObject({ ...card.shape, views: inPeriod })).max(10);
const stored = {
  slug: text,
  url: url.meta({ description: 'The public page' }),
  id: text,
  status,
  version: positive.meta({ description: 'Grows by one with every write; the ETag' }),
  origin: origin.meta({ description: 'Who wrote it last' }),
  publishedAt: time,
  updatedAt: time,
};
const hand = {
  when: time.nullable().meta({ description: 'null for what was stored before versions were kept' }),
  who: text.nullable().meta({
    description: 'The caller, as API Gateway names it; `import` for files, the source for its feed',
  }),
  way: z.enum(['file', 'api', 'feed']),
};
const version = {
  n: positive.meta({ description: "Counts the article's writes" }),
  title: text,
  ...hand,
  replaced: z.strictObject({ ...hand, way: hand.way.nullable() }),
};
const { markdown: _, html: __, text: ___, ...withoutBody } = articleInput.shape;

const titled = { slug: text, title: text, status };

/** Every JSON answer, and the body of a write, under its name in the description. */
export const schemas = {
  ArticleBody: articleInput,
  RemovalBody: removal,
  Article: z.strictObject({
    id: text.meta({ description: 'Permanent' }),
    ...head,
    contentHtml: text.meta({ description: 'Clean HTML in which every address is absolute' }),
    source: z.strictObject({ ...source, credit: text.nullable() }),
    original: url.nullable().meta({ description: 'Where this very text was first published' }),
    corrections: z.array(z.strictObject({ at: time, text })).meta({ description: 'The newest first' }),
    authors: z.array(text),
    image: articleImage.nullable(),
    views,
    previous: neighbour.nullable().meta({ description: 'The next older article' }),
    next: neighbour.nullable().meta({ description: 'The next newer article' }),
    translations: z
      .array(z.strictObject({ ...neighbour.shape, language: head.language }))
      .optional()
      .meta({ description: 'This article in other languages; absent if there are none' }),
  }),
  Card: card,
  StreamPage: z.strictObject({
    stream: text,
    title: text,
    url,
    items: z.array(card),
    older: url.nullable(),
    newer: url.nullable(),
  }),
  MostRead: z.strictObject({
    title: text,
    url,
    periods: z.strictObject({
      today: ranked.meta({ description: "In the site's time zone" }),
      week: ranked.meta({ description: 'The last 7 days' }),
      month: ranked.meta({ description: 'The last 30 days' }),
      ever: ranked,
    }),
  }),
  ViewCount: z.strictObject({ slug: text, views }),
  SavedArticle: z.strictObject({
    ...stored,
    outcome: z.enum(['created', 'replaced', 'unchanged']),
    removed: z.array(removed).optional(),
  }),
  StoredArticle: z.strictObject({
    ...stored,
    reason: text.optional().meta({ description: 'Why it was removed, if that was said' }),
    leftAt: time
      .optional()
      .meta({ description: 'When readers saw it last; only of what they have seen and see no more' }),
    formerSlugs: z
      .array(text)
      .optional()
      .meta({ description: 'Old addresses that the article names no more and that lead to it' }),
    article: z.union([articleInput, z.strictObject(withoutBody)]).meta({
      description: 'As PUT accepts it; omits defaulted fields, and the body of a removed article',
    }),
  }),
  RestoreBody: z.looseObject({
    version: positive.optional().meta({ description: 'The number of a former text. By default the newest' }),
  }),
  Versions: z.strictObject({
    items: z.array(z.strictObject(version)).meta({ description: 'Newest first, those of 90 days' }),
  }),
  FormerArticle: z.strictObject({
    ...version,
    article: articleInput.meta({ description: 'As it was put; PUT accepts it' }),
  }),
  ArticleList: z.strictObject({
    items: z.array(
      z.strictObject({
        ...titled,
        version: positive,
        origin,
        publishedAt: time,
        firstStoredAt: time,
        changedAt: time.nullable().meta({ description: 'The last write; null for one before this was kept' }),
        changedBy: hand.who,
        erasedAt: time.optional().meta({ description: 'Of an erased article, whose title is empty' }),
        fileHash: text.nullable().meta({ description: 'SHA-256 of its content file at the last import' }),
      }),
    ),
    next,
  }),
  Stats: z.strictObject({
    today: day.meta({ description: "In the site's time zone" }),
    items: z.array(
      z.strictObject({
        ...titled,
        views: count.meta({ description: 'In total' }),
        days: z.record(day, positive).meta({ description: 'Each of the last 31 days with any views' }),
      }),
    ),
    next,
  }),
  ...pictureSchemas,
  ...deskSchemas,
  Problem: z.looseObject({
    type: text.meta({ description: 'Points to this kind of response in this description' }),
    title: text,
    status: z.int().min(400).max(599),
    detail: text.optional(),
    errors: z.array(fault).optional(),
  }),
  GatewayMessage: z.looseObject({ message: text.nullable() }),
};

type Json<Name extends keyof typeof schemas> = z.output<(typeof schemas)[Name]>;

export type ArticleJson = Json<'Article'>;
export type CardJson = Json<'Card'>;
export type StreamJson = Json<'StreamPage'>;
export type MostReadJson = Json<'MostRead'>;
export type ViewCountJson = Json<'ViewCount'>;
export type PreviewJson = Json<'Preview'>;
export type PreviewLinkJson = Json<'PreviewLink'>;
export type SavedJson = Json<'SavedArticle'>;
/** `article` is what PUT accepts, before its defaults. */
export type StoredJson = z.input<typeof schemas.StoredArticle>;
export type VersionJson = Json<'Versions'>['items'][number];
export type FormerJson = z.input<typeof schemas.FormerArticle>;
export type RepairedJson = Json<'RepairedPage'>;
export type PictureJson = Json<'Picture'>;
export type ListedJson = Json<'ArticleList'>['items'][number];
export type StatsJson = Json<'Stats'>;
export type RedirectListJson = Json<'RedirectPage'>;
export type ImportJson = Json<'Import'>;
export type SourceJson = Json<'Sources'>['items'][number];
