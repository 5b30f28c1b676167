import { isDeepStrictEqual } from 'node:util';
import { isSlug, subscriberId } from '../../article/article.ts';
import { expiry, guidKey } from '../article-rows.ts';
import type { Store } from '../connection.ts';
import type { Item, Key } from '../item.ts';
import { batchGetAll } from '../read-items.ts';
import { keyOf, kindOf, ownerOf, partsOf } from '../rows.ts';
import type { Moved, StoredArticle } from '../stored-article.ts';
import { findBeginning } from '../streams.ts';
import { callsFor, faultsOf, isLabelOf } from './judge-article.ts';
import { judgeDocument, keysOfDocument } from './judge-document.ts';
import { judgeVersion, judgeVersionPart } from './judge-version.ts';
import { type Change, drop, type Verdict } from './verdict.ts';

const unexplained = 'no article calls for it';

type Find = (key: Key) => Item | undefined;

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
      ...(beginnings.has(row) ? judgeComing(row, beginnings.get(row)) : judgeRow(row, find, now)),
      broken: [],
      grounds: [...behind, ...behind.flatMap(targets)].map((key) => ({ key, was: find(key) })),
    };
  });
}

/** The rows that the verdict on a row depends on. */
function keysBehind(row: Item): Key[] {
  if (kindOf(row) === 'document') return keysOfDocument(row);
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

function judgeRow(row: Item, find: Find, now: string): Change {
  switch (kindOf(row)) {
    case 'rejection':
      return drop(row, 'it was rejected as faulty; the next request renders it again');
    case 'document':
      return judgeDocument(row, keysBehind(row).map(find), now);
    case 'guid':
      return typeof row.id === 'string' ? judgeClaim(row, row.id, find) : judgeOwned(row, find);
    case 'stream':
      return judgeStream(row);
    case 'version':
      return judgeVersion(row, versionOwner(row, find));
    case 'versionPart':
      return judgeVersionPart(row, keysBehind(row).map(find)[0]);
    case 'preview':
      return judgePreview(row, recordBehind(row, find));
    case 'tombstone':
      return judgeTombstone(row, find);
    default:
      return judgeOwned(row, find);
  }
}

function judgeOwned(row: Item, find: Find): Change {
  const slug = ownerOf(row);
  if (slug === undefined) return {};
  return callsFor(slug, recordAt(slug, find), row) === false ? drop(row, unexplained) : {};
}

/** The article of a text; of one that has moved on and was erased, that. */
function versionOwner(row: Item, find: Find): StoredArticle | Moved | undefined {
  const record = recordAt(partsOf('version', row)?.slug ?? '', find);
  const target = record && 'movedTo' in record ? recordAt(record.movedTo, find) : undefined;
  return target && 'erasedAt' in target ? target : record;
}

/** The record of the row's owner, wherever that has moved. */
function recordBehind(row: Item, find: Find): StoredArticle | Moved | undefined {
  const record = recordAt(ownerOf(row) ?? '', find);
  return record && 'movedTo' in record ? recordAt(record.movedTo, find) : record;
}

function recordAt(slug: string, find: Find): StoredArticle | Moved | undefined {
  return find(keyOf('article', { slug })) as unknown as StoredArticle | Moved | undefined;
}

/** Claims stay for ever, each under its own key. */
function judgeClaim(row: Item, id: string, find: Find): Change {
  const key = guidKey(id);
  if (key.pk === row.pk) return {};
  const puts = find(key) ? [] : [{ row: { ...key, id }, was: undefined }];
  return { puts, ...drop(row, 'it is under the key of another') };
}

/** The row stays: nobody knows which articles the stream once had. */
function judgeStream(row: Item): Change {
  const { sk = '', label } = row;
  if (isLabelOf(label, sk)) return {};
  return { puts: [{ row: { ...row, label: sk.slice(sk.indexOf('/') + 1) }, was: row }] };
}

/** No reader has seen the stream yet: it is there for the articles under embargo alone, and begins with the first of them. */
function judgeComing(row: Item, since: string | undefined): Change {
  if (since === undefined) return drop(row, unexplained);
  return since === row.since ? judgeStream(row) : { puts: [{ row: { ...row, since }, was: row }] };
}

function judgePreview(row: Item, holder: StoredArticle | Moved | undefined): Change {
  const isOwn = holder && !('movedTo' in holder) && holder.article?.id === partsOf('preview', row)?.id;
  if (!isOwn || holder.status === 'gone') return drop(row, unexplained);
  return typeof row.ttl === 'number' ? {} : drop(row, 'it never expires');
}

function judgeTombstone(row: Item, find: Find): Change {
  const holder = recordBehind(row, find);
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
