import { daysBefore } from '../article/calendar.ts';
import type { Store } from './connection.ts';
import type { Key } from './item.ts';
import { batchGet, batchGetAll } from './read-items.ts';
import { viewsKey } from './rows.ts';

/** One row of an article's counter, with one more attribute for each of the last days. Every view is in exactly one row. */
export interface CounterRow extends Key {
  n: number;
  /** In the first row: how many rows there are, if more than one. */
  shards?: number;
  ttl?: number;
}

/** Transactions of one row exclude one another: it takes about 80 a second. `measure:hot-article` shows what sixteen take. */
export const mostRows = 16;

/** What this execution environment knows about a counter. */
interface Known {
  rows: number;
  outdated: string[];
  /** How often its rows have refused a view since they last took one. */
  refusals: number;
  /** The rows as they were last read, and when all of them were: milliseconds since 1970. */
  seen?: { at: number; rows: Map<string, CounterRow> };
}

const mostKnown = 1_000;
/** A counter never loses a row, so an old entry does no harm. */
const known = new Map<string, Known>();

export function knownCounter({ views }: Store, id: string): Known {
  return known.get(`${views} ${id}`) ?? { rows: 1, outdated: [], refusals: 0 };
}

export function learnCounter(store: Store, id: string, news: Partial<Known>): void {
  const key = `${store.views} ${id}`;
  const counter = { ...knownCounter(store, id), ...news };
  known.delete(key);
  known.set(key, counter);
  const [oldest] = known.keys();
  if (known.size > mostKnown && oldest !== undefined) known.delete(oldest);
}

/**
 * All rows of a counter, with every view that was answered before.
 *
 * This is no transaction, because DynamoDB would cancel it while a view is being counted. The sum is right all the same: the first row
 * names a new row before that has a view, and rows only grow.
 */
export async function readRows(store: Store, id: string, abortSignal?: AbortSignal): Promise<CounterRow[]> {
  const at = Date.now();
  const { rows: expected } = knownCounter(store, id);
  const rows = await readBetween(store, id, 0, expected, abortSignal);
  const first = rows.find(({ pk }) => pk === viewsKey(id).pk);
  const count = first?.shards ?? 1;
  if (count > expected) rows.push(...(await readBetween(store, id, expected, count, abortSignal)));
  learnCounter(store, id, {
    rows: count,
    outdated: [...new Set(rows.flatMap(outdatedIn))],
    seen: { at, rows: new Map(rows.map((row) => [row.pk, row])) },
  });
  return rows;
}

/** The existing rows with these numbers; `to` is not included. */
export function readBetween(
  store: Store,
  id: string,
  from: number,
  to: number,
  abortSignal?: AbortSignal,
): Promise<CounterRow[]> {
  const keys = Array.from({ length: to - from }, (_, index) => viewsKey(id, from + index));
  return batchGet<CounterRow>(store, keys, { TableName: store.views, ...(abortSignal && { abortSignal }) });
}

/** A counter keeps the views of this many single days: today and the 30 before it. */
export const keptDays = 31;

/** The attribute for the views of a day such as 2026-11-25. */
export function dayAttribute(day: string): string {
  return `d${day.replaceAll('-', '')}`;
}

/** The day of such an attribute; undefined for any other. */
function dayOfAttribute(name: string): string | undefined {
  return /^d\d{8}$/.test(name) ? name.replace(/^d(....)(..)(..)$/, '$1-$2-$3') : undefined;
}

/** The attributes that are too old on this day, for a counter that was counted in the month before. */
export function outdatedOn(day: string): string[] {
  return Array.from({ length: keptDays }, (_, index) => dayAttribute(daysBefore(day, keptDays + index)));
}

/** The attributes of a row that are too old for its newest day. After a month without views, `outdatedOn` does not look that far back. */
function outdatedIn(row: object): string[] {
  const days = Object.keys(row)
    .filter((name) => dayOfAttribute(name) !== undefined)
    .sort();
  const newest = dayOfAttribute(days.at(-1) ?? '');
  if (!newest) return [];
  const oldest = dayAttribute(daysBefore(newest, keptDays - 1));
  return days.filter((name) => name < oldest);
}

/** The views of an article. */
export interface Count {
  total: number;
  /** By day, such as 2026-11-25; only days that have views and are still kept. */
  days: Map<string, number>;
}

/** Includes every view that was answered before. */
export async function readCount(store: Store, id: string): Promise<Count> {
  return sumOf(await readRows(store, id));
}

/** The counts of many articles by their ids, at half the cost; they may be about a second old. */
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

export function sumOf(rows: CounterRow[]): Count {
  const days = new Map<string, number>();
  for (const row of rows)
    for (const [name, n] of Object.entries(row)) {
      const day = dayOfAttribute(name);
      if (day) days.set(day, (days.get(day) ?? 0) + n);
    }
  return { total: rows.reduce((sum, { n }) => sum + n, 0), days };
}

/** The total alone. */
export async function readViews(store: Store, id: string): Promise<number> {
  return (await readCount(store, id)).total;
}
