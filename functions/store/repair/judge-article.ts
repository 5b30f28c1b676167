import * as z from 'zod';
import { bodyHashOf, isSlug } from '../../article/article.ts';
import { labelName } from '../../article/stream-name.ts';
import { rowsOf } from '../article-rows.ts';
import type { Store } from '../connection.ts';
import { isErased } from '../erase.ts';
import { fromAttributes, type Item, type Key, toAttributes, unpack } from '../item.ts';
import { difference } from '../plan-writes.ts';
import { readMetas } from '../read-article.ts';
import { batchGet } from '../read-items.ts';
import { isRecord, keyOf, kindOf, nameOf, ownerOf, partsOf } from '../rows.ts';
import { type Moved, oldSlugs, type StoredArticle } from '../stored-article.ts';
import type { Verdict } from './verdict.ts';

const time = z.string().regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
const slug = z.string().refine(isSlug);
const streams = z.array(z.string()).refine((names) => new Set(names).size === names.length);

/** The fields that rows are made of. A record may hold others. */
const shape = z.looseObject({
  article: z.looseObject({
    id: z.string().min(1),
    slug,
    title: z.string(),
    summary: z.string(),
    bodyHash: z.string(),
    draft: z.boolean(),
    publishedAt: time,
    updatedAt: time,
    category: z.string().optional(),
    tags: z.array(z.string()),
    source: z.looseObject({ name: z.string() }).optional(),
    guid: z.string().optional(),
    aliases: z.array(slug),
  }),
  status: z.enum(['published', 'draft', 'gone']),
  version: z.int().min(1),
  origin: z.enum(['content', 'api', 'pull']),
  upstream: z.looseObject({ ids: z.array(z.string().regex(/^[0-9a-f]{64}$/)) }).optional(),
  firstStoredAt: time,
  changed: z.looseObject({ when: time }).optional(),
  bodyChunks: z.int().min(0),
  erasedAt: time.optional(),
  formerSlugs: z.array(slug).optional(),
  dueAt: time.optional(),
  tombstone: z.looseObject({ when: time, ref: z.string(), streams, until: time.optional() }).optional(),
});

/** How the record at this slug contradicts itself. Its rows cannot be derived then. */
export function faultsOf(slug: string, stored: StoredArticle): string[] {
  const parsed = shape.safeParse(stored);
  if (!parsed.success)
    return parsed.error.issues.map(({ path }) => `its record is not readable at ${path.join('.')}`);
  const { article, status, bodyChunks, dueAt, tombstone, erasedAt } = stored;
  const { draft, publishedAt, updatedAt } = article;
  const aliases = oldSlugs(stored);
  const embargo = status === 'published' ? publishedAt : undefined;
  const { until } = tombstone ?? {};
  const rules: [fails: boolean, fault: string][] = [
    [article.slug !== slug, `its record is that of another address, ${article.slug}`],
    [aliases.includes(slug), 'its own address is among its old ones'],
    [new Set(aliases).size < aliases.length, 'it names an old address twice'],
    [status !== 'gone' && draft !== (status === 'draft'), 'it is a draft and published at once'],
    [updatedAt < publishedAt, 'it was updated before it was published'],
    [dueAt !== undefined && dueAt !== embargo, 'its embargo ends at another time than its publication'],
    [until !== undefined && until !== embargo, 'it is to come back at another time than its publication'],
    [tombstone !== undefined && !until && status === 'published', 'it is published and removed at once'],
    [
      erasedAt !== undefined && !isErased(stored),
      'it was erased, and its record tells more of it: erase it again',
    ],
    [status === 'gone' && bodyChunks > 0, 'it is removed, and a text is counted'],
  ];
  return rules.filter(([fails]) => fails).map(([, fault]) => fault);
}

/** Whether the record at this slug calls for a row of this key; undefined if it contradicts itself. */
export function callsFor(
  slug: string,
  record: StoredArticle | Moved | undefined,
  { pk, sk }: Key,
): boolean | undefined {
  if (!record || 'movedTo' in record) return false;
  if (faultsOf(slug, record).length > 0) return undefined;
  return rowsOf(record).own.some((row) => row.pk === pk && row.sk === sk);
}

/** Whether the label gives the stream its name. */
export function isLabelOf(label: unknown, stream: string): label is string {
  return typeof label === 'string' && labelName(label) === stream.slice(stream.indexOf('/') + 1);
}

/** The rows of an article that are missing or differ. */
export async function judgeArticle(store: Store, record: Item, now: string): Promise<Verdict> {
  const { slug = '' } = partsOf('article', record) ?? {};
  const stored = record as unknown as StoredArticle;
  const tell = (fault: string) => ({ row: record, what: `${slug}: ${fault}` });
  const faults = faultsOf(slug, stored);
  if (faults.length > 0) return { puts: [], drops: [], broken: faults.map(tell), grounds: [] };

  const { own, claim, streams } = rowsOf(stored);
  const present = await batchGet<Item>(
    store,
    [...own, claim, ...streams].map(({ pk, sk }) => ({ pk, sk })),
  );
  const find = ({ pk, sk }: Key) => present.find((row) => row.pk === pk && row.sk === sk);
  const chunks = Array.from(
    { length: stored.bodyChunks },
    (_, chunk) => find(keyOf('body', { slug, chunk }))?.chunk,
  );
  const fault = textFault(stored, chunks);
  const rows = rowsOf(stored, chunks as Uint8Array[]);
  const expected = [
    ...rows.own.filter((row) =>
      kindOf(row) === 'body' ? fault === undefined : find(row) || !isSpent(row, now),
    ),
    rows.claim,
    ...rows.streams.map((row) => streamRow(row, find(row))),
  ].map((row) => fromAttributes<Item>(toAttributes(row)));
  const puts = difference(present, expected).puts.map((row) => ({ row, was: find(row) }));
  const { free, taken, rivals } = await sortClaims(store, slug, puts);
  return {
    puts: free,
    drops: [],
    broken: [...taken, ...(fault === undefined ? [] : [tell(fault)])],
    grounds: [{ key: record, was: record }, ...rivals],
  };
}

/** What is wrong with the stored text; undefined if it is the one that the record describes. */
function textFault({ article, status }: StoredArticle, chunks: unknown[]): string | undefined {
  const missing = chunks.findIndex((chunk) => !(chunk instanceof Uint8Array));
  if (missing >= 0) return `part ${missing + 1} of its text is missing`;
  if (chunks.length === 0 && status === 'gone') return undefined;
  try {
    const isWhole = bodyHashOf(unpack(chunks as Uint8Array[])) === article.bodyHash;
    return isWhole ? undefined : 'its text is not the one that was stored';
  } catch {
    return 'its text is damaged';
  }
}

/** Whether the row may be missing: the sweep has done its work, or it has expired. */
function isSpent(row: Item, now: string): boolean {
  const embargo = partsOf('embargo', row);
  if (embargo) return embargo.time <= now;
  return typeof row.ttl === 'number' && row.ttl * 1000 <= Date.parse(now);
}

/** Keeps a label and a beginning that can be right: the article need not be the stream's first. */
function streamRow(row: Item, found: Item | undefined): Item {
  if (!found) return row;
  const { since: earliest, label } = found;
  const since = typeof earliest === 'string' && earliest <= String(row.since) ? earliest : row.since;
  return { ...found, label: isLabelOf(label, row.sk ?? '') ? label : row.label, since };
}

/** Separates rows that another article calls for as well: then the articles contradict each other. */
async function sortClaims(store: Store, slug: string, puts: Verdict['puts']) {
  const claims = puts.map((put) => ({ ...put, rival: rivalOf(put) }));
  const names = claims.flatMap(({ rival }) => (rival === undefined || rival === slug ? [] : [rival]));
  const records = names.length > 0 ? await readMetas(store, names) : new Map();
  const isTaken = ({ row, was, rival }: (typeof claims)[number]) =>
    rival !== undefined &&
    rival !== slug &&
    (isRecord(was) || callsFor(rival, records.get(rival), row) !== false);
  return {
    free: claims.filter((claim) => !isTaken(claim)).map(({ row, was }) => ({ row, was })),
    taken: claims.filter(isTaken).map(({ row, rival }) => ({
      row,
      what: `${nameOf(row)}: ${slug} and ${rival} both name it`,
    })),
    rivals: names.map((name) => ({ key: keyOf('article', { slug: name }), was: records.get(name) })),
  };
}

/** The article that owns an address or a guid according to the row that is there now. */
function rivalOf({ row, was }: Verdict['puts'][number]): string | undefined {
  if (!was) return undefined;
  if (isRecord(was)) return partsOf('article', row)?.slug;
  return partsOf('article', row) || partsOf('guid', row) ? ownerOf(was) : undefined;
}
