import type { Store } from './connection.ts';
import { type Count, type CounterRow, knownCounter, readBetween, readRows, sumOf } from './counter.ts';
import { viewsKey } from './rows.ts';

/** Milliseconds that the rows of others' views may be old. */
const seenFor = 1_000;
/** Milliseconds that a page waits for its number, if there is one to show instead. */
const patience = 300;
/** The same if there is none. */
const deadline = 2_000;

/**
 * The count for a page whose view has been counted in `row`, that view included. Views in other rows may be missing for a second, so that a
 * page costs one read unit however many rows there are. Without `row`, as for a page that is not counted, the first row stands in for it.
 *
 * After 300 ms the last count that is known stands in, with the page's own view added. Throws if there is none, after two seconds at most.
 */
export async function readShownCount(store: Store, id: string, row?: number): Promise<Count> {
  const { seen } = knownCounter(store, id);
  try {
    const rows = await readWithin(seen ? patience : deadline, (abortSignal) =>
      readSeenRows(store, id, row ?? 0, abortSignal),
    );
    return sumOf(rows);
  } catch (error) {
    if (!seen) throw error;
    if (row !== undefined) {
      const key = viewsKey(id, row);
      const before = seen.rows.get(key.pk) ?? { ...key, n: 0 };
      seen.rows.set(key.pk, { ...before, n: before.n + 1 });
    }
    return sumOf([...seen.rows.values()]);
  }
}

/** All rows of which only this one is read, unless the others were read too long ago. */
async function readSeenRows(
  store: Store,
  id: string,
  row: number,
  abortSignal: AbortSignal,
): Promise<CounterRow[]> {
  const { seen } = knownCounter(store, id);
  const age = Date.now() - (seen?.at ?? 0);
  // A clock may have been set back.
  if (!seen || age < 0 || age >= seenFor) {
    // Once a second, also when it fails: many rows are the most that a busy table could be asked for.
    if (seen) seen.at = Date.now();
    return readRows(store, id, abortSignal);
  }
  for (const found of await readBetween(store, id, row, row + 1, abortSignal)) seen.rows.set(found.pk, found);
  return [...seen.rows.values()];
}

/** The SDK's pauses between attempts do not heed a signal. */
async function readWithin<Found>(
  ms: number,
  read: (abortSignal: AbortSignal) => Promise<Found>,
): Promise<Found> {
  const abortSignal = AbortSignal.timeout(ms);
  const end = new Promise<never>((_, reject) => {
    abortSignal.addEventListener('abort', () => reject(abortSignal.reason), { once: true });
  });
  return Promise.race([read(abortSignal), end]);
}
