import type { Store } from './connection.ts';
import { findItem, readPartition } from './read-items.ts';
import { keyOf, partitionOf } from './rows.ts';

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
