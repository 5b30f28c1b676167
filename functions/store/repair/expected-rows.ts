import { bodyHashOf } from '../../article/article.ts';
import { labelName, newsStream, streamsOf } from '../../article/stream-name.ts';
import { derivedRows, guidHash } from '../derived-rows.ts';
import { fromAttributes, type Item, type Key, toAttributes, unpack } from '../item.ts';
import { contentKey } from '../rows.ts';
import type { StoredArticle } from '../stored-article.ts';
import { bodyKeys } from './calls-for.ts';

/** Finds a row that stands in the table. */
export type FindRow = (key: Key) => Item | undefined;

/** What has to be read to judge the rows of an article; at most 100. */
export function expectedKeys(stored: StoredArticle): Key[] {
  return [
    ...derivedRows(stored).map(({ pk, sk = '' }) => ({ pk, sk })),
    contentKey.guid(guidHash(stored.article.id)),
    ...streamsBeside(stored).map(([stream]) => contentKey.stream(stream)),
    ...bodyKeys(stored),
  ];
}

/** Every row that has to stand beside a META, given those that do; its text as far as it is whole. */
export function expectedRows(stored: StoredArticle, find: FindRow, now: string): Item[] {
  const { id, publishedAt } = stored.article;
  const rows = [
    ...derivedRows(stored).filter((row) => find(row) || !isSpent(row, now)),
    { ...contentKey.guid(guidHash(id)), id },
    ...streamsBeside(stored).map(([stream, label]) => streamRow(stream, label, publishedAt, find)),
    ...(textFault(stored, find) === undefined ? bodyRows(stored, find) : []),
  ];
  return rows.map((row) => fromAttributes<Item>(toAttributes(row)));
}

/** What is wrong with the article's text; undefined when it is the one that META tells of. */
export function textFault(stored: StoredArticle, find: FindRow): string | undefined {
  const chunks = bodyKeys(stored).map((key) => find(key)?.chunk);
  const missing = chunks.findIndex((chunk) => !(chunk instanceof Uint8Array));
  if (missing >= 0) return `part ${missing + 1} of its text is missing`;
  if (chunks.length === 0 && stored.status === 'gone') return undefined;
  try {
    const hash = bodyHashOf(unpack(chunks as Uint8Array[]));
    return hash === stored.article.bodyHash ? undefined : 'its text is not the one that was stored';
  } catch {
    return 'its text is damaged';
  }
}

/** Work that the sweep has done, and tombstones that have expired, may be there no more. */
function isSpent({ pk, sk, ttl }: Item, now: string): boolean {
  return pk === contentKey.due('', '').pk
    ? (sk ?? '') <= `${now}$`
    : typeof ttl === 'number' && ttl * 1000 <= Date.parse(now);
}

function streamsBeside({ article, status }: StoredArticle): [stream: string, label: string][] {
  if (status !== 'published') return [];
  return [...streamsOf(article)].filter(([stream]) => stream !== newsStream);
}

/** Its label and its beginning stay as they are while they can be true: the article need not be the stream's first. */
function streamRow(stream: string, label: string, publishedAt: string, find: FindRow): Item {
  const key = contentKey.stream(stream);
  const found = find(key);
  const since = typeof found?.since === 'string' && found.since <= publishedAt ? found.since : publishedAt;
  return { ...found, ...key, label: found && names(found.label, stream) ? found.label : label, since };
}

/** Whether the stream's name is made of this label. */
export function names(label: unknown, stream: string): boolean {
  return typeof label === 'string' && labelName(label) === stream.slice(stream.indexOf('/') + 1);
}

function bodyRows(stored: StoredArticle, find: FindRow): Item[] {
  const { bodyHash } = stored.article;
  return bodyKeys(stored).map((key) => ({ ...key, bodyHash, chunk: find(key)?.chunk }));
}
