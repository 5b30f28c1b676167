import * as z from 'zod';
import { labelName } from './names.ts';

const slugPattern = '[a-z0-9]+(?:-[a-z0-9]+)*';
const timePattern = '\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z';
const streamPattern = '(?:news|corrections|(?:category|tag|source)/[^ #][^ ]*)';

const slug = z
  .string()
  .regex(new RegExp(`^${slugPattern}$`))
  .max(100);
const time = z.string().regex(new RegExp(`^${timePattern}$`));
const hash = z.string().regex(/^[0-9a-f]{64}$/);
const stream = z.string().regex(new RegExp(`^${streamPattern}$`));
const text = (max: number) => z.string().refine((value) => value !== '' && [...value].length <= max);
const label = text(60).refine((value) => labelName(value) !== '');
const count = z.int().min(0);
const bytes = z.custom<Uint8Array>((value) => value instanceof Uint8Array && value.length > 0);

const image = z.strictObject({
  caption: z.string().optional(),
  credit: z.string().optional(),
  url: z.string(),
  alt: text(500).optional(),
  width: count.optional(),
  height: count.optional(),
  type: z.string().optional(),
  length: count.optional(),
});

const picture = {
  path: z.string().regex(/^\/media\/[a-z0-9][a-z0-9._-]*-[0-9a-f]{16}\.(png|jpe?g|gif|webp|avif)$/),
  type: z.string().regex(/^image\/(png|jpeg|gif|webp|avif)$/),
  length: z.int().min(1),
  width: z.int().min(1),
  height: z.int().min(1),
  widths: z.array(z.int().min(1).max(1600)).max(4),
  preview: z.strictObject({ width: z.int().min(1).max(1200), length: z.int().min(1) }).optional(),
};

const pictures = z.record(z.string(), z.strictObject(picture));

const cardFields = {
  id: text(500),
  slug,
  title: text(300),
  publishedAt: time,
  updatedAt: time,
  language: z.string().optional(),
  category: label.optional(),
  tags: z.array(label).max(20),
  image: image.optional(),
  pictures: pictures.optional(),
};

const article = z.strictObject({
  ...cardFields,
  draft: z.boolean(),
  summary: z.string().refine((value) => [...value].length <= 1000),
  source: z
    .strictObject({ name: label, url: z.string().optional(), credit: text(300).optional() })
    .optional(),
  authors: z.array(text(100)).max(20),
  original: z.string().max(2048).optional(),
  corrections: z
    .array(z.strictObject({ at: time, text: text(1000) }))
    .max(20)
    .optional(),
  guid: text(1000).optional(),
  guidInRss: z.literal(true).optional(),
  aliases: z.array(slug).max(10),
  translations: z.array(slug).max(20).optional(),
  bodyHash: hash,
});

const listed = {
  status: z.enum(['published', 'draft', 'gone']),
  version: z.int().min(1),
  origin: z.enum(['content', 'api', 'pull']),
  fileHash: hash.optional(),
  erasedAt: time.optional(),
  changed: z.strictObject({ when: time, who: z.string().min(1).optional() }).optional(),
};

const meta = z.strictObject({
  ...listed,
  // An erased one has no title.
  article: article.extend({ title: z.union([text(300), z.literal('')]) }),
  firstStoredAt: time,
  generation: count,
  upstream: z.strictObject({ ids: z.array(hash).min(1).max(2), hash: hash.optional() }).optional(),
  reason: text(500).optional(),
  derived: z.array(z.enum(['summary', 'updatedAt'])),
  startingViews: count.optional(),
  bodyChunks: count,
  formerSlugs: z.array(slug).min(1).max(30).optional(),
  versionChunks: z.int().min(1).optional(),
  dueAt: time.optional(),
  tombstone: z
    .strictObject({ when: time, ref: text(1000), streams: z.array(stream).min(1), until: time.optional() })
    .optional(),
});

const hand = { who: z.string().min(1).optional(), way: z.enum(['file', 'api', 'feed']) };

/** What may stand in the Content table: how its key reads, and its other attributes. */
export const contentShapes = {
  article: shape(`ARTICLE#(?<slug>${slugPattern}) META`, meta),
  alias: shape(`ARTICLE#(?<slug>${slugPattern}) META`, z.strictObject({ movedTo: slug })),
  body: shape(
    `ARTICLE#(?<slug>${slugPattern}) BODY#(?<index>0|[1-9]\\d*)`,
    z.strictObject({ bodyHash: hash, chunk: bytes }),
  ),
  guid: shape('GUID#(?<hash>[0-9a-f]{64}) GUID', z.strictObject({ slug })),
  claim: shape('GUID#(?<hash>[0-9a-f]{64}) GUID', z.strictObject({ id: text(1000) })),
  card: shape(
    `STREAM#(?<stream>${streamPattern}) (?<time>${timePattern})#(?<slug>${slugPattern})`,
    z.strictObject({
      ...cardFields,
      summary: z.string().refine((value) => [...value].length <= 280),
      source: z.strictObject({ name: label, url: z.string().optional() }).optional(),
      hasOriginal: z.literal(true).optional(),
      firstPublishedAt: time.optional(),
      version: z.int().min(1),
    }),
  ),
  listed: shape(
    `ARTICLES ${timePattern}#${slugPattern}`,
    z.strictObject({
      slug,
      title: z.union([text(300), z.literal('')]),
      publishedAt: time,
      ...listed,
      shows: z.array(text(100)).min(1).optional(),
    }),
  ),
  stream: shape(
    `STREAMS (?<stream>corrections|(?:category|tag|source)/[^ #][^ ]*)`,
    z.strictObject({ label, since: time, by: z.string().optional() }),
  ),
  directory: shape(
    'DIRECTORY (?<list>streams|newsSitemap|mostRead|sitemap(?: \\d{4}-\\d\\d [1-4])?|months .+)',
    z.strictObject({ revision: z.int().min(1), packed: bytes }),
  ),
  change: shape(
    `CHANGED (?<time>${timePattern})#(?:${slugPattern}#\\d+|EVERYTHING)`,
    z.strictObject({
      streams: z.array(stream).min(1).optional(),
      times: z.array(time).min(1).max(2).optional(),
      after: stream.optional(),
    }),
  ),
  gone: shape(
    `GONE#(?<stream>${streamPattern}) (?<when>${timePattern})#(?<slug>${slugPattern})`,
    z.strictObject({ id: text(500), ref: text(1000), when: time, until: time.optional(), ttl: z.int() }),
  ),
  head: shape(
    `FEED#(?<stream>${streamPattern})#(?:rss|atom|json) DOC#0`,
    z.strictObject({
      etag: text(100),
      lastModified: time,
      chunks: z.int().min(0),
      first: z.int().min(1).optional(),
      former: text(100).optional(),
      wantedUntil: time.optional(),
    }),
  ),
  chunk: shape(
    `FEED#${streamPattern}#(?:rss|atom|json) DOC#(?<index>[1-9]\\d*)`,
    z.strictObject({ etag: text(100), chunk: bytes, ttl: z.int() }),
  ),
  refusal: shape(
    `FEED#${streamPattern}#(?:rss|atom|json) REFUSED`,
    z.strictObject({ etag: text(100), until: time, ttl: z.int() }),
  ),
  due: shape(
    `DUE (?<time>${timePattern})#EMBARGO#(?<slug>${slugPattern})`,
    z.strictObject({ slug, since: time.optional() }),
  ),
  ping: shape(
    `DUE (?<time>[^#]+:00\\.000Z)#PING#(?<stream>${streamPattern})`,
    z.strictObject({
      stream,
      pings: z.set(z.string().regex(/^(?:rss|atom|json) https?:\/\/\S+$/)).min(1),
      since: time,
    }),
  ),
  read: shape(
    `READ (?<minute>\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:00\\.000Z)#(?<slug>${slugPattern})`,
    z.strictObject({ slug, id: text(500), n: z.int().min(1), total: z.int().min(1), ttl: z.int() }),
  ),
  version: shape(
    `VERSION#(?<slug>${slugPattern}) (?<n>[1-9]\\d*)`,
    z.strictObject({
      article,
      status: z.enum(['published', 'draft']),
      derived: z.array(z.enum(['summary', 'updatedAt'])),
      ...hand,
      when: time.optional(),
      replaced: z.strictObject({ ...hand, when: time, movedTo: slug.optional() }).optional(),
      form: z.enum(['markdown', 'html', 'text']),
      chunks: z.int().min(1),
      chunk: bytes,
      ttl: z.int().optional(),
    }),
  ),
  versionPart: shape(
    `VERSION#(?<slug>${slugPattern}) (?<n>[1-9]\\d*)#(?<chunk>[1-9]\\d*)`,
    z.strictObject({ chunk: bytes, ttl: z.int().optional() }),
  ),
  preview: shape(
    'PREVIEW#(?<id>.+) KEY',
    z.strictObject({ slug, key: z.string().regex(/^[\w-]{22}$/), ttl: z.int() }),
  ),
  picture: shape(
    'MEDIA (?<name>[a-z0-9][a-z0-9._-]*)',
    z.strictObject({
      name: text(100),
      hash: z.string().regex(/^[0-9a-f]{16}$/),
      storedAt: time,
      ...picture,
      former: z.array(z.strictObject(picture)).max(20).optional(),
    }),
  ),
  pictures: shape('PICTURES STATE', z.strictObject({ digest: hash, until: time.optional() })),
  replaced: shape(
    'REPLACED (?<name>[a-z0-9][a-z0-9._-]*)',
    z.strictObject({ name: text(100), path: picture.path, ttl: z.int() }),
  ),
  copy: shape(
    'COPIES (?<name>copy-[0-9a-f]{32})',
    z.strictObject({ name: text(100), at: time, wrong: text(1000).optional(), ttl: z.int() }),
  ),
  import: shape(
    'IMPORT STATE',
    z.strictObject({
      authority: z.string(),
      run: z.uuid(),
      isPending: z.boolean(),
      until: time.optional(),
      known: count.optional(),
      summary: z.looseObject({ at: time, left: count }).optional(),
    }),
  ),
  source: shape(
    'SOURCES (?<name>.+)',
    z.strictObject({
      name: label,
      feed: z.url(),
      settings: hash,
      hub: z.strictObject({ url: z.url(), topic: z.url() }).optional(),
      address: z.url(),
      movedTo: z.url().optional(),
      etag: text(1000).optional(),
      lastModified: text(1000).optional(),
      followedSince: time,
      lastTry: time,
      lastSuccess: time.optional(),
      nextTry: time.optional(),
      failures: count,
      wrong: z.string().min(1).optional(),
      leftOut: z.array(z.string().min(1)).max(20),
      day: z.iso.date(),
      taken: count,
      edited: count,
      waiting: count,
      skipped: z
        .array(z.string().regex(/^[0-9a-f]{12}$/))
        .max(500)
        .optional(),
    }),
  ),
  subscription: shape(
    'SUBSCRIPTIONS (?<id>[A-Za-z0-9_-]{32})',
    z.strictObject({
      id: z.string().length(32),
      source: label,
      hub: z.url(),
      topic: z.url(),
      secret: hash,
      askAgain: time,
      until: time.optional(),
      toldAt: time.optional(),
      wrong: z.string().min(1).optional(),
    }),
  ),
  redirect: shape(
    'REDIRECTS (?<from>/.*)',
    z.strictObject({ to: z.string().regex(/^(\/|https?:\/\/)\S*$/) }),
  ),
  ranking: shape(
    'MOSTREAD (?<period>today|week|month|ever)',
    z.strictObject({
      day: z.iso.date(),
      rankedAt: time,
      articles: z.array(z.strictObject({ id: text(500), slug, n: z.int().min(1) })).max(50),
    }),
  ),
};

/** What may stand in the Views table. */
export const viewsShapes = {
  views: shape('VIEWS#(?<id>[^|]+)', counterRow({ shards: z.literal([2, 4, 8, 16]).optional() })),
  shard: shape('VIEWS#(?<id>[^|]+)\\|(?<row>[1-9]|1[0-5])', counterRow({})),
};

/** A total, and the views of single days beside it. */
function counterRow<Fields extends z.ZodRawShape>(fields: Fields) {
  const named = z.object({ n: count, ttl: z.int().optional(), ...fields });
  return named.catchall(z.int().min(1)).superRefine((row, context) => {
    for (const name of Object.keys(row))
      if (!(name in named.shape) && !/^d\d{8}$/.test(name))
        context.addIssue({ code: 'custom', path: [name] });
  });
}

function shape<Fields extends z.ZodType>(key: string, fields: Fields) {
  return { key: new RegExp(`^${key}$`), fields };
}
