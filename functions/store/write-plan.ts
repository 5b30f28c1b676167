import { isDeepStrictEqual } from 'node:util';
import type { TransactWriteItem } from '@aws-sdk/client-dynamodb';
import type { Store } from './connection.ts';
import { type FormerCounter, restoreCounter } from './counter-expiry.ts';
import { derivedRows, guidHash } from './derived-rows.ts';
import { type Item, type Key, toAttributes } from './item.ts';
import { contentKey, viewsKey } from './rows.ts';
import type { StoredArticle } from './stored-article.ts';

export interface Change {
  current: StoredArticle | undefined;
  next: StoredArticle;
  /** The packed body when it has to be written. */
  chunks: Uint8Array[] | undefined;
  /** Streams whose row is missing or begins too late, with their labels. */
  newStreams: Map<string, string>;
  /** Of the counter, when the article was deleted and is put again under its own id. */
  leftover?: FormerCounter | undefined;
  /** What subscribers know an article by that they cannot see. */
  known?: string | undefined;
}

export interface Plan {
  writes: TransactWriteItem[];
  /** What a failed condition of the write at this index means to the writer of the article. */
  claims: Map<number, { pointer: string; message: string }>;
  /** Bytes of the items put, near enough to how DynamoDB counts the 4 MB of a transaction. */
  bytes: number;
}

/** The one transaction that turns the current article into the next: META first, on condition of its version, and all that follows. */
export function planWrites(store: Store, change: Change): Plan {
  const { current, next, chunks, newStreams, leftover, known } = change;
  const plan: Plan = { writes: [], claims: new Map(), bytes: 0 };
  const TableName = store.content;
  const put = (item: Item, condition: object = {}) => {
    plan.bytes += byteSize(item);
    plan.writes.push({ Put: { TableName, Item: toAttributes(item), ...condition } });
  };
  const drop = ({ pk, sk }: Key) =>
    plan.writes.push({ Delete: { TableName, Key: toAttributes({ pk, sk }) } });

  const { slug, bodyHash } = next.article;
  const before = current?.article.slug;
  const meta = { ...contentKey.article(slug), ...next };
  put(meta, before === slug ? sameVersion(current) : freeOr('movedTo', before));

  const rows = difference(current ? derivedRows(current) : [], [...derivedRows(next), meta]);
  for (const row of rows.puts.filter((row) => row !== meta)) {
    const claim = claimOf(row);
    // A rename turns the old META into the alias: nobody else's, but it may have changed meanwhile.
    const renames = before !== undefined && row.pk === contentKey.article(before).pk;
    if (claim && !renames) plan.claims.set(plan.writes.length, claim);
    put(row, renames ? sameVersion(current) : claim && freeOr(claim.owner, slug, before));
  }
  // Kept for ever: nobody else may be known by it later. Who loses the race for it plans again, and finds it taken.
  const { id } = next.article;
  if (id !== current?.article.id) put({ ...contentKey.guid(guidHash(id)), id }, freeOr('slug'));
  // A guid that subscribers know is given up by its article, but free for nobody: it stays, as an id does.
  const retired = known === undefined ? undefined : { ...contentKey.guid(guidHash(known)), id: known };
  for (const row of rows.drops) row.pk === retired?.pk ? put(retired) : drop(row);

  const kept = before === slug ? next.bodyChunks : 0;
  for (let chunk = kept; chunk < (current?.bodyChunks ?? 0); chunk++)
    drop(contentKey.body(before ?? slug, chunk));
  for (const [index, chunk] of chunks?.entries() ?? [])
    put({ ...contentKey.body(slug, index), bodyHash, chunk });

  for (const [stream, label] of newStreams) putStream(put, stream, label, next.article.publishedAt);
  plan.writes.push(...counterWrites(store, current, next, leftover));
  return plan;
}

/** What turns one list of rows into the other. */
export function difference(before: Item[], after: Item[]): { puts: Item[]; drops: Item[] } {
  const keyOf = ({ pk, sk }: Key) => `${pk}\n${sk}`;
  const old = new Map(before.map((row) => [keyOf(row), row]));
  const kept = new Set(after.map(keyOf));
  return {
    puts: after.filter((row) => !isDeepStrictEqual(row, old.get(keyOf(row)))),
    drops: before.filter((row) => !kept.has(keyOf(row))),
  };
}

// An alias and a guid are claims: no write may take them from another article.
function claimOf(row: Item) {
  if ('movedTo' in row)
    return {
      owner: 'movedTo',
      pointer: '/aliases',
      message: `${row.pk.slice('ARTICLE#'.length)} is the address of another article`,
    };
  if (row.pk.startsWith('GUID#'))
    return { owner: 'slug', pointer: '/guid', message: 'belongs to another article' };
  return undefined;
}

export function sameVersion(current: StoredArticle | undefined) {
  return {
    ConditionExpression: 'version = :version',
    ExpressionAttributeValues: toAttributes({ ':version': current?.version }),
  };
}

function freeOr(owner: string, ...slugs: (string | undefined)[]) {
  const names = [...new Set(slugs)].filter((slug) => slug !== undefined);
  if (names.length === 0) return { ConditionExpression: 'attribute_not_exists(pk)' };
  const values = Object.fromEntries(names.map((slug, index) => [`:slug${index}`, slug]));
  return {
    ConditionExpression: `attribute_not_exists(pk) OR #owner IN (${Object.keys(values).join(', ')})`,
    ExpressionAttributeNames: { '#owner': owner },
    ExpressionAttributeValues: toAttributes(values),
  };
}

function putStream(
  put: (item: Item, condition: object) => void,
  stream: string,
  label: string,
  since: string,
) {
  put(
    { ...contentKey.stream(stream), label, since },
    {
      ConditionExpression: 'attribute_not_exists(pk) OR since > :since',
      ExpressionAttributeValues: toAttributes({ ':since': since }),
    },
  );
}

// The starting count is added in the article's own transaction, so that it is taken exactly once.
function counterWrites(
  store: Store,
  current: StoredArticle | undefined,
  next: StoredArticle,
  leftover: FormerCounter | undefined,
): TransactWriteItem[] {
  const taken = current?.article.id === next.article.id && current.startingViews !== undefined;
  const views = taken ? 0 : (next.startingViews ?? 0);
  if (leftover) return restoreCounter(store, leftover, views);
  if (views === 0) return [];
  const Update = {
    TableName: store.views,
    Key: toAttributes(viewsKey(next.article.id)),
    UpdateExpression: 'ADD n :views',
    ExpressionAttributeValues: toAttributes({ ':views': views }),
  };
  return [{ Update }];
}

function byteSize(item: Item): number {
  const { chunk, ...rest } = item;
  return Buffer.byteLength(JSON.stringify(rest)) + (chunk instanceof Uint8Array ? chunk.length : 0);
}
