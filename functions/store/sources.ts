import type { Store } from './connection.ts';
import { toAttributes } from './item.ts';
import { readPartition } from './read-items.ts';
import { keyOf, partitionOf } from './rows.ts';
import { putRow, removeRow } from './transaction.ts';

/** How far a source is followed. Times are ISO 8601 in UTC with milliseconds. */
export interface SourceState {
  name: string;
  /** As site.yaml has it. */
  feed: string;
  /** Of what site.yaml said of it, at the last try. */
  settings: string;
  /** Where the feed is asked for: a permanent redirect may have led there. */
  address: string;
  /** Where a permanent redirect led at the last try. At the next it is believed. */
  movedTo?: string | undefined;
  /** Of what was last taken whole. */
  etag?: string | undefined;
  lastModified?: string | undefined;
  /** What it last named, and the address by which the hub knows the feed. */
  hub?: { url: string; topic: string } | undefined;
  followedSince: string;
  lastTry: string;
  lastSuccess?: string | undefined;
  /** Absent when the source is asked no more. */
  nextTry?: string | undefined;
  /** In a row. */
  failures: number;
  /** Why the last try failed, or what the owner has to do: a sentence. */
  wrong?: string | undefined;
  /** What of the feed was not taken, and why: sentences. */
  leftOut: string[];
  /** In the site's time zone. */
  day: string;
  /** New articles of that day. */
  taken: number;
  /** Articles that were changed on that day. */
  edited: number;
  /** New or edited items for which the day had no room. */
  waiting: number;
  /** Those that were older than what was first taken, while the feed has them. */
  skipped?: string[] | undefined;
}

/** By name. What was kept a moment ago may be missing: keepSource tells. */
export async function readSources(store: Store): Promise<Map<string, SourceState>> {
  const rows = await readPartition<SourceState>(store, partitionOf('source', {}), { ConsistentRead: false });
  return new Map(rows.map(({ pk: _, sk: __, ...state }) => [state.name, state]));
}

/** On condition that nobody has kept it since `seen`; false if somebody has. */
export function keepSource(
  store: Store,
  state: SourceState,
  seen: Pick<SourceState, 'lastTry' | 'nextTry'> | undefined,
): Promise<boolean> {
  const next = seen?.nextTry === undefined ? 'attribute_not_exists(nextTry)' : 'nextTry = :next';
  const values = seen && toAttributes({ ':last': seen.lastTry, ':next': seen.nextTry });
  return putRow(
    store,
    { ...keyOf('source', { name: state.name }), ...state },
    seen
      ? { ConditionExpression: `lastTry = :last AND ${next}`, ExpressionAttributeValues: values }
      : { ConditionExpression: 'attribute_not_exists(pk)' },
  );
}

/** Of a source that is followed no more. Its articles stay. */
export async function forgetSource(store: Store, name: string): Promise<void> {
  await removeRow(store, keyOf('source', { name }));
}
