import { correctedAt } from '../article/corrections.ts';
import { streamsOf } from '../article/stream-name.ts';
import type { Store } from './connection.ts';
import { type Item, type Key, toAttributes } from './item.ts';
import { readUpTo } from './read-items.ts';
import { keyOf, partitionOf } from './rows.ts';
import type { StoredArticle } from './stored-article.ts';
import { maxItems, type Plan, putRow, removeRow } from './transaction.ts';

/** What the directories do not show yet: cards of these streams that came, went or changed at these times; without any, all of them. */
export interface Change extends Key {
  streams?: string[];
  times?: string[];
  /** Of a look at everything: the last stream that has had it. */
  after?: string;
}

interface Written {
  before: StoredArticle | undefined;
  after: StoredArticle;
  /** ISO 8601 in UTC with milliseconds. */
  now: string;
}

/**
 * Adds the rows by which the sweep learns of a write: in its transaction, or where that is full in the one before it, to be looked at
 * when the write has surely ended.
 */
export function addChanges({ content: TableName }: Store, plan: Plan, { before, after, now }: Written): void {
  const put = (row: Item) => ({ Put: { TableName, Item: toAttributes(row) } });
  const rows = changesOf({ before, after, now });
  const later = new Date(Date.parse(now) + 60_000).toISOString();
  if (plan.writes.length + rows.length <= maxItems) plan.writes.push(...rows.map(put));
  else plan.first = [...(plan.first ?? []), ...changesOf({ before, after, now: later }).map(put)];
  plan.bytes += Buffer.byteLength(JSON.stringify(rows));
}

/** A row for now, and one for when an embargo ends. None for drafts. */
function changesOf({ before, after, now }: Written): (Item & Change)[] {
  const published = [before, after].flatMap((stored) =>
    stored?.status === 'published' ? [stored.article] : [],
  );
  if (published.length === 0) return [];
  const streams = [...new Set(published.flatMap((article) => [...streamsOf(article).keys()]))];
  const times = [
    ...new Set(published.flatMap((article) => [article.publishedAt, correctedAt(article) ?? []].flat())),
  ];
  const what = `${after.article.slug}#${after.version}`;
  return [now, ...(after.dueAt ? [after.dueAt] : [])].map((time) => ({
    ...keyOf('change', { time, what }),
    streams,
    times,
  }));
}

/** The oldest changes up to `now`, at most `limit`. By its own clock a writer may be ahead: its changes wait for ours. */
export function readChanges(store: Store, now: string, limit: number): Promise<Change[]> {
  return readUpTo(store, partitionOf('change', {}), now, { limit, ConsistentRead: true });
}

/** Has the sweep look at every stream; `after` goes on behind the one of this name. */
export async function changeEverything(store: Store, time: string, after?: string): Promise<void> {
  await putRow(store, { ...keyOf('change', { time, what: 'EVERYTHING' }), after });
}

export async function finishChange(store: Store, change: Key): Promise<void> {
  await removeRow(store, change);
}
