import { batchGet } from './batch-get.ts';
import type { Store } from './connection.ts';
import type { Key } from './item.ts';
import { viewsKey } from './table.ts';
import { outdatedIn } from './view-days.ts';

/** One row of an article's counter, with an attribute more for each of the last days. Each view is in one row alone. */
export interface CounterRow extends Key {
  n: number;
  /** Of the first row: how many rows there are; absent as long as it is the only one. */
  shards?: number;
  ttl?: number;
}

/** Sixteen rows take 8,000 views a second: a reader of that counter reads sixteen units. */
export const mostRows = 16;

/** What an execution environment knows of a counter since it last read it. */
interface Known {
  rows: number;
  outdated: string[];
}

const mostKnown = 1_000;
/** Of counters with more than one row, or with days to be removed: it is never too much, as rows are never given back. */
const known = new Map<string, Known>();

export function knownCounter({ views }: Store, id: string): Known {
  return known.get(`${views} ${id}`) ?? { rows: 1, outdated: [] };
}

export function learnCounter({ views }: Store, id: string, counter: Known): void {
  const key = `${views} ${id}`;
  known.delete(key);
  if (counter.rows > 1 || counter.outdated.length > 0) known.set(key, counter);
  const [oldest] = known.keys();
  if (known.size > mostKnown && oldest !== undefined) known.delete(oldest);
}

/**
 * All rows of a counter; every view that was answered before is in them.
 *
 * Not one transaction: that would be refused while a view is under way. Nor is it needed: the first row tells of another before that has
 * a view, and rows only grow, so that the sum is what the counter stood at some time between the beginning and the end.
 */
export async function readRows(store: Store, id: string): Promise<CounterRow[]> {
  const { rows: expected } = knownCounter(store, id);
  const rows = await readBetween(store, id, 0, expected);
  const first = rows.find(({ pk }) => pk === viewsKey(id).pk);
  const count = first?.shards ?? 1;
  if (count > expected) rows.push(...(await readBetween(store, id, expected, count)));
  learnCounter(store, id, { rows: count, outdated: [...new Set(rows.flatMap(outdatedIn))] });
  return rows;
}

/** Those from one row up to another that are there. */
export function readBetween(store: Store, id: string, from: number, to: number): Promise<CounterRow[]> {
  const keys = Array.from({ length: to - from }, (_, index) => viewsKey(id, from + index));
  return batchGet<CounterRow>(store, keys, { TableName: store.views });
}
