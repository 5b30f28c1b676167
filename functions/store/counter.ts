import { daysBefore } from '../article/calendar.ts';
import type { Store } from './connection.ts';
import type { Key } from './item.ts';
import { batchGet, batchGetAll } from './read-items.ts';
import { viewsKey } from './rows.ts';

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

/** Of so many days a counter knows the views apart: today and the 30 before it. */
export const keptDays = 31;

/** Where a counter's row keeps the views of a day such as 2026-11-25. */
export function dayAttribute(day: string): string {
  return `d${day.replaceAll('-', '')}`;
}

/** The day of such an attribute; undefined of any other. */
export function dayOfAttribute(name: string): string | undefined {
  return /^d\d{8}$/.test(name) ? name.replace(/^d(....)(..)(..)$/, '$1-$2-$3') : undefined;
}

/** The days' worth of attributes that fall out on this day, as far back as an article may have gone without a view. */
export function outdatedOn(day: string): string[] {
  return Array.from({ length: keptDays }, (_, index) => dayAttribute(daysBefore(day, keptDays + index)));
}

/** The attributes of a row for days too long before its newest: after a month without views they are further back than `outdatedOn` looks. */
export function outdatedIn(row: object): string[] {
  const days = Object.keys(row)
    .filter((name) => dayOfAttribute(name) !== undefined)
    .sort();
  const newest = dayOfAttribute(days.at(-1) ?? '');
  if (!newest) return [];
  const oldest = dayAttribute(daysBefore(newest, keptDays - 1));
  return days.filter((name) => name < oldest);
}

/** What a counter stands at. */
export interface Count {
  total: number;
  /** By day, such as 2026-11-25, of the days that it still knows; of one without views nothing. */
  days: Map<string, number>;
}

/** The count as of every answered write. */
export async function readCount(store: Store, id: string): Promise<Count> {
  return sumOf(await readRows(store, id));
}

/** Many counts by the articles' ids, as they were about a second ago, for half the price. */
export async function readCounts(store: Store, ids: string[]): Promise<Map<string, Count>> {
  const reading = { TableName: store.views, ConsistentRead: false };
  const firstRows = await batchGetAll<CounterRow>(
    store,
    ids.map((id) => viewsKey(id)),
    reading,
  );
  const first = new Map(firstRows.map((row) => [row.pk, row]));
  const keysOf = (id: string) =>
    Array.from({ length: (first.get(viewsKey(id).pk)?.shards ?? 1) - 1 }, (_, index) =>
      viewsKey(id, index + 1),
    );
  const others = await batchGetAll<CounterRow>(store, ids.flatMap(keysOf), reading);
  const rows = new Map([...first, ...others.map((row) => [row.pk, row] as const)]);
  return new Map(
    ids.map((id) => [id, sumOf([viewsKey(id), ...keysOf(id)].flatMap(({ pk }) => rows.get(pk) ?? []))]),
  );
}

function sumOf(rows: CounterRow[]): Count {
  const days = new Map<string, number>();
  for (const row of rows)
    for (const [name, n] of Object.entries(row)) {
      const day = dayOfAttribute(name);
      if (day) days.set(day, (days.get(day) ?? 0) + n);
    }
  return { total: rows.reduce((sum, { n }) => sum + n, 0), days };
}

/** The count as of every answered write. */
export async function readViews(store: Store, id: string): Promise<number> {
  const rows = await readRows(store, id);
  return rows.reduce((sum, { n }) => sum + n, 0);
}
