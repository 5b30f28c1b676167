import type { TransactWriteItem } from '@aws-sdk/client-dynamodb';
import { rowsOf } from './article-rows.ts';
import { readCards } from './cards.ts';
import type { Store } from './connection.ts';
import { type Item, toAttributes } from './item.ts';
import { batchGet, findItem, readPartition } from './read-items.ts';
import { keyOf, partitionOf } from './rows.ts';
import { isVisible, type StoredArticle } from './stored-article.ts';
import { unchanged } from './transaction.ts';

interface StreamRow {
  label: string;
  /** Publication of its first article: before it the stream must not be known to exist. */
  since: string;
}

/** The label of a stream that has, or once had, a visible article. */
export async function findStreamLabel(
  store: Store,
  stream: string,
  now: string,
): Promise<string | undefined> {
  const row = await findItem<StreamRow>(store, keyOf('stream', { stream }), { ConsistentRead: false });
  return row && row.since <= now ? row.label : undefined;
}

/** The names of all streams that have, or once had, a visible article, without `news`. */
export async function readStreams(store: Store, now: string): Promise<string[]> {
  const rows = await readPartition<StreamRow>(store, partitionOf('stream', {}), { ConsistentRead: false });
  return rows.filter(({ since }) => since <= now).map(({ sk = '' }) => sk);
}

/** When the first article of a stream is published, embargoed ones included; `without` is left out. */
export async function findBeginning(
  store: Store,
  stream: string,
  without?: string,
): Promise<string | undefined> {
  const oldest = { stream, upTo: '9999-12-31T23:59:59.999Z', after: '0', limit: 2, consistent: true };
  const cards = await readCards(store, oldest);
  return cards.findLast(({ slug }) => slug !== without)?.publishedAt;
}

/** By so much the clocks of two writers may differ. */
const clockMilliseconds = 60_000;

/**
 * The rows of the streams that an article joins, where they are new or begin later than it; and of those that no reader has seen yet: each
 * then begins with the earliest of its articles, and is forgotten when the last one leaves it.
 */
export async function planStreams(
  store: Store,
  { before, after, now }: { before: StoredArticle | undefined; after: StoredArticle; now: string },
): Promise<{ joined: TransactWriteItem[]; left: TransactWriteItem[] }> {
  const own = rowsOf(after).streams;
  const former = before && !isVisible(before, now) ? rowsOf(before).streams : [];
  const rows = new Map([...former, ...own].map((row) => [row.sk ?? '', row]));
  const known = await batchGet<Item & StreamRow>(
    store,
    [...rows.values()].map(({ pk, sk }) => ({ pk, sk })),
  );
  const seen = new Date(Date.parse(now) - clockMilliseconds).toISOString();
  const plan = { joined: [] as TransactWriteItem[], left: [] as TransactWriteItem[] };
  const TableName = store.content;
  for (const [stream, row] of rows) {
    const was = known.find(({ sk }) => sk === stream);
    const isOwn = own.includes(row);
    if (was ? was.since <= seen && (!isOwn || was.since <= String(row.since)) : !isOwn) continue;
    const first =
      was && was.since > seen ? await findBeginning(store, stream, before?.article.slug) : was?.since;
    const since = [first, isOwn ? String(row.since) : undefined]
      .filter((time) => time !== undefined)
      .sort()[0];
    if (since === undefined) {
      const Key = toAttributes({ pk: row.pk, sk: row.sk });
      plan.left.push({ Delete: { TableName, Key, ...unchanged(was) } });
    } else {
      // Even where nothing else changes `by` does: whoever is about to forget the stream learns of this article.
      const Item = toAttributes({ ...row, label: isOwn ? row.label : was?.label, since });
      (isOwn ? plan.joined : plan.left).push({ Put: { TableName, Item, ...unchanged(was) } });
    }
  }
  return plan;
}
