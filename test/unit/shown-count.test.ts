import { BatchGetItemCommand } from '@aws-sdk/client-dynamodb';
import { marshall } from '@aws-sdk/util-dynamodb';
import { mockClient } from 'aws-sdk-client-mock';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { Store } from '../../functions/store/connection.ts';
import { readShownCount } from '../../functions/store/shown-count.ts';
import { connectLocal } from '../support/tables.ts';

const id = 'tag:news.example.com,2026-05-01:storm';
let now = 0;

beforeEach(() => {
  now = Date.parse('2026-06-01T12:00:00.000Z');
  vi.spyOn(Date, 'now').mockImplementation(() => now);
});
afterEach(() => vi.restoreAllMocks());

/** A counter of four rows with these views, played by the test. */
function playedCounter(...counts: number[]) {
  const client = connectLocal();
  const played = mockClient(client);
  // A run's other tests know nothing of this counter.
  const store: Store = { client, content: 'Content', views: `Views-${crypto.randomUUID()}` };
  const rowOf = (pk: string) => Number(pk.split('|')[1] ?? 0);
  played.on(BatchGetItemCommand).callsFake(({ RequestItems }) => ({
    Responses: {
      [store.views]: RequestItems[store.views].Keys.map(({ pk }: { pk: { S: string } }) => {
        const row = rowOf(pk.S);
        return marshall({ pk: pk.S, n: counts[row], ...(row === 0 && { shards: counts.length }) });
      }),
    },
  }));
  /** The rows that each call asked for. */
  const asked = () =>
    played
      .commandCalls(BatchGetItemCommand)
      .map(({ args: [{ input }] }) =>
        input.RequestItems?.[store.views]?.Keys?.map(({ pk }) => rowOf(`${pk?.S}`)),
      );
  const show = async (row?: number) => (await readShownCount(store, id, row)).total;
  return { played, counts, asked, show };
}

test('reads its own row for each page, and all of them once a second', async () => {
  const { counts, asked, show } = playedCounter(10, 20, 30, 40);
  const shown = [await show(2)];
  counts[1] = 25;
  counts[2] = 31;
  now += 999;
  shown.push(await show(2));
  now += 1;
  shown.push(await show(2));

  expect(shown).toEqual([100, 101, 106]);
  expect(asked()).toEqual([[0], [1, 2, 3], [2], [0, 1, 2, 3]]);
});

test('believes no clock that was set back', async () => {
  const { asked, show } = playedCounter(10, 20);
  await show(1);
  now -= 3_600_000;

  await show(1);

  expect(asked().at(-1)).toEqual([0, 1]);
});

test('reads one row for a page that is not counted', async () => {
  const { asked, show } = playedCounter(10, 20);
  await show();

  expect(await show()).toBe(30);

  expect(asked().at(-1)).toEqual([0]);
});

/** Ends every budget of this length at once, and no other. */
function endBudgetsOf(length: number): void {
  vi.spyOn(AbortSignal, 'timeout').mockImplementation((ms) => {
    const controller = new AbortController();
    if (ms === length) setImmediate(() => controller.abort(new DOMException('late', 'TimeoutError')));
    return controller.signal;
  });
}

test('shows the last count and the view itself when 300 ms do not suffice', async () => {
  const { played, show } = playedCounter(10, 20);
  await show(1);
  played.on(BatchGetItemCommand).callsFake(() => new Promise(() => {}));
  endBudgetsOf(300);

  expect([await show(1), await show(0), await show()]).toEqual([31, 32, 32]);
});

test('asks a busy table for all rows once a second only', async () => {
  const { played, asked, show } = playedCounter(10, 20);
  await show(1);
  now += 1_000;
  played.on(BatchGetItemCommand).rejects(new Error('busy'));

  await show(1);
  await show(1);

  expect(asked().slice(-2)).toEqual([[0, 1], [1]]);
});

test('has no number if none was ever read, after two seconds', async () => {
  const { played, show } = playedCounter(10);
  played.on(BatchGetItemCommand).callsFake(() => new Promise(() => {}));
  endBudgetsOf(2_000);

  await expect(show(0)).rejects.toThrow('late');
});
