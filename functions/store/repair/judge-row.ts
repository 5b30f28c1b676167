import { isDeepStrictEqual } from 'node:util';
import { isSlug, subscriberId } from '../../article/article.ts';
import { newsStream } from '../../article/stream-name.ts';
import { expiry, guidKey } from '../article-rows.ts';
import type { Store } from '../connection.ts';
import { type Item, type Key, unpack } from '../item.ts';
import { batchGetAll } from '../read-items.ts';
import { keyOf, kindOf, ownerOf, partsOf } from '../rows.ts';
import type { Moved, StoredArticle } from '../stored-article.ts';
import { findBeginning } from '../streams.ts';
import { callsFor, faultsOf, isLabelOf } from './judge-article.ts';
import { judgeVersion, judgeVersionPart } from './judge-version.ts';
import type { Verdict } from './repair-page.ts';

/** No feed of ours has more chunks: the limits of articles keep documents far smaller. */
const maxChunks = 50;
const unexplained = 'no article calls for it';

type Find = (key: Key) => Item | undefined;
type Change = Pick<Verdict, 'puts' | 'drops'>;

/** A verdict on each row: whether an article calls for it. Whether its content is right is judged from the article. */
export async function judgeRows(store: Store, rows: Item[], now: string): Promise<Verdict[]> {
  const keys = rows.map(keysBehind);
  const read = await readByKey(store, keys.flat());
  // An old address leads on to the article.
  const targets = (key: Key) => recordKey(read.get(textOf(key))?.movedTo);
  const all = new Map([...read, ...(await readByKey(store, keys.flat().flatMap(targets)))]);
  const find: Find = (key) => all.get(textOf(key));
  const beginnings = new Map<Item, string | undefined>();
  for (const row of rows)
    if (kindOf(row) === 'stream' && String(row.since) > now)
      beginnings.set(row, await findBeginning(store, row.sk ?? ''));
  return rows.map((row, index) => {
    const behind = keys[index] ?? [];
    return {
      puts: [],
      drops: [],
      ...(beginnings.has(row) ? judgeComing(row, beginnings.get(row)) : judgeRow(row, find)),
      broken: [],
      grounds: [...behind, ...behind.flatMap(targets)].map((key) => ({ key, was: find(key) })),
    };
  });
}

/** The rows that the verdict on a row depends on. */
function keysBehind(row: Item): Key[] {
  const document = partsOf('document', row);
  if (document) {
    const { stream, format, chunk } = document;
    if (chunk !== '0') return [keyOf('document', { stream, format, chunk: 0 })];
    const count = Math.min(maxChunks, Number(row.chunks) || 0);
    const first = Number(row.first ?? 1);
    const chunks = Array.from({ length: count }, (_, index) =>
      keyOf('document', { stream, format, chunk: first + index }),
    );
    return [...chunks, keyOf('stream', { stream })];
  }
  const part = partsOf('versionPart', row);
  if (part) return [keyOf('version', part)];
  const version = partsOf('version', row);
  if (version) return recordKey(version.slug);
  if (kindOf(row) === 'guid' && typeof row.id === 'string') return [guidKey(row.id)];
  return recordKey(ownerOf(row));
}

function recordKey(slug: unknown): Key[] {
  return typeof slug === 'string' && isSlug(slug) ? [keyOf('article', { slug })] : [];
}

async function readByKey(store: Store, keys: Key[]): Promise<Map<string, Item>> {
  const distinct = [...new Map(keys.map((key) => [textOf(key), key])).values()];
  const items = await batchGetAll<Item>(store, distinct);
  return new Map(items.map((item) => [textOf(item), item]));
}

function textOf({ pk, sk }: Key): string {
  return `${pk} ${sk}`;
}

function judgeRow(row: Item, find: Find): Partial<Change> {
  switch (kindOf(row)) {
    case 'rejection':
      return drop(row, 'it was rejected as faulty; the next request renders it again');
    case 'document':
      return judgeDocument(row, find);
    case 'guid':
      return typeof row.id === 'string' ? judgeClaim(row, row.id, find) : judgeOwned(row, find);
    case 'stream':
      return judgeStream(row);
    case 'version':
      return judgeVersion(row, recordAt(partsOf('version', row)?.slug ?? '', find));
    case 'versionPart':
      return judgeVersionPart(row, keysBehind(row).map(find)[0]);
    case 'tombstone':
      return judgeTombstone(row, find);
    default:
      return judgeOwned(row, find);
  }
}

function drop(row: Item, why: string): Partial<Change> {
  return { drops: [{ row, why }] };
}

function judgeOwned(row: Item, find: Find): Partial<Change> {
  const slug = ownerOf(row);
  if (slug === undefined) return {};
  return callsFor(slug, recordAt(slug, find), row) === false ? drop(row, unexplained) : {};
}

function recordAt(slug: string, find: Find): StoredArticle | Moved | undefined {
  return find(keyOf('article', { slug })) as unknown as StoredArticle | Moved | undefined;
}

/** Claims stay for ever, each under its own key. */
function judgeClaim(row: Item, id: string, find: Find): Partial<Change> {
  const key = guidKey(id);
  if (key.pk === row.pk) return {};
  const puts = find(key) ? [] : [{ row: { ...key, id }, was: undefined }];
  return { puts, ...drop(row, 'it is under the key of another') };
}

/** The row stays: nobody knows which articles the stream once had. */
function judgeStream(row: Item): Partial<Change> {
  const { sk = '', label } = row;
  if (isLabelOf(label, sk)) return {};
  return { puts: [{ row: { ...row, label: sk.slice(sk.indexOf('/') + 1) }, was: row }] };
}

/** No reader has seen the stream yet: it is there for the articles under embargo alone, and begins with the first of them. */
function judgeComing(row: Item, since: string | undefined): Partial<Change> {
  if (since === undefined) return drop(row, unexplained);
  return since === row.since ? judgeStream(row) : { puts: [{ row: { ...row, since }, was: row }] };
}

function judgeTombstone(row: Item, find: Find): Partial<Change> {
  const slug = ownerOf(row) ?? '';
  const record = recordAt(slug, find);
  const holder = record && 'movedTo' in record ? recordAt(record.movedTo, find) : record;
  if (holder && !('movedTo' in holder)) {
    const { article } = holder;
    if (faultsOf(article.slug, holder).length > 0) return {};
    if (article.id === row.id || subscriberId(article) === row.ref)
      return callsFor(article.slug, holder, row) === false ? drop(row, unexplained) : {};
  }
  const former = formerTombstone(row);
  if (!former) return drop(row, 'it does not say what it is of');
  return isDeepStrictEqual(row, former) ? {} : { puts: [{ row: former, was: row }] };
}

/** The tombstone of a deleted article whose slug another one uses now: only its own key tells what it should hold. */
function formerTombstone(row: Item): Item | undefined {
  const { pk, sk, id, ref } = row;
  const when = partsOf('tombstone', row)?.time ?? '';
  const ttl = expiry(when);
  if (typeof id !== 'string' || typeof ref !== 'string' || Number.isNaN(ttl)) return undefined;
  return { pk, sk, id, ref, when, ttl };
}

/** Stored feeds are a cache: a faulty one is removed, and rendered again on request. */
function judgeDocument(row: Item, find: Find): Partial<Change> {
  const { stream = '', format = '', chunk = '' } = partsOf('document', row) ?? {};
  if (!/^\d+$/.test(chunk)) return {};
  if (chunk !== '0') {
    const head = find(keyOf('document', { stream, format, chunk: 0 }));
    // What a replaced document has left, the next one takes the place of.
    const isOfHead = head?.etag === row.etag || head?.former === row.etag;
    return isOfHead ? {} : drop(row, 'this part belongs to no whole');
  }
  const rows = keysBehind(row).map(find);
  const why = headFault(row, stream, rows);
  const parts = rows.filter((part) => part !== undefined && partsOf('document', part)) as Item[];
  return why === undefined ? {} : { drops: [row, ...parts].map((row) => ({ row, why })) };
}

/** What is wrong with the head of a feed, given its chunks and the row of its stream. */
function headFault(head: Item, stream: string, rows: (Item | undefined)[]): string | undefined {
  const { chunks, etag, lastModified } = head;
  if (typeof chunks !== 'number' || chunks > maxChunks || !/T[\d:]{8}\.000Z$/.test(String(lastModified)))
    return 'it is not readable';
  if (stream !== newsStream && !rows[chunks]) return 'there is no such stream';
  const parts = rows.slice(0, chunks).map((part) => (part?.etag === etag ? part?.chunk : undefined));
  return isWhole(parts) ? undefined : 'its parts do not fit together';
}

function isWhole(parts: unknown[]): boolean {
  try {
    return unpack(parts as Uint8Array[]).length > 0;
  } catch {
    return false;
  }
}
