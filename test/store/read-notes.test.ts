import { expect } from 'vitest';
import type { TestDesk } from '../support/desk.ts';
import { test } from '../support/desk-test.ts';
import { minute, open, setDay, wait } from '../support/most-reading.ts';
import { openReading } from '../support/reading.ts';
import { scanStore } from '../support/scan.ts';
import { watchStore } from '../support/watched-store.ts';

/** The totals of the day at which the article is noted. */
async function noted({ store }: TestDesk): Promise<number[]> {
  const { content } = await scanStore(store);
  return content.flatMap(({ pk, n }) => (pk === 'READ' ? [Number(n)] : []));
}

test('notes a read article at 1, 2, 4, 8, 16 and each 16 views of a day more', async ({ desk }) => {
  await desk.put('storm', { views: 930 });
  const read = await openReading(desk);

  for (let view = 1; view <= 50; view++) {
    await open(read, 'storm');
    wait(desk, minute);
  }
  setDay(desk, '2026-06-02');
  await open(read, 'storm', 3);

  expect(await noted(desk)).toEqual([1, 2, 4, 8, 16, 32, 48, 2]);
});

test('notes a busy article though nobody sees the very numbers', async ({ desk }) => {
  await desk.put('storm');
  const read = await openReading(desk);

  for (let round = 0; round < 4; round++) {
    // Of others, in environments of their own.
    for (let other = 0; other < 18; other++) await desk.view('storm');
    await open(read, 'storm');
    wait(desk, minute);
  }

  // 32, 48 and 64 lie between what this environment saw; of 16 it knew nothing, as 19 was the first that it saw.
  expect(await noted(desk)).toEqual([38, 57, 76]);
});

test('serves the page, with its count, though the article cannot be noted', async ({ desk }) => {
  await desk.put('storm');
  const failing = watchStore(desk.store, (command) => {
    if (command === 'PutItem') throw new Error('No');
  });
  const read = await openReading(desk.through(failing));

  const page = await read('/news/storm');
  const healed = await openReading(desk);
  const missed = await noted(desk);
  await open(healed, 'storm');

  expect(await page.text()).toContain('Views: 1');
  expect([missed, await noted(desk)]).toEqual([[], [2]]);
});

test('tries again at the next view to note an article that could not be noted', async ({ desk }) => {
  await desk.put('storm');
  let fails = true;
  const store = watchStore(desk.store, (command) => {
    if (command === 'PutItem' && fails) throw new Error('No');
  });
  const read = await openReading(desk.through(store));
  for (let view = 1; view <= 16; view++) await open(read, 'storm');

  fails = false;
  await open(read, 'storm');

  expect(await noted(desk)).toEqual([17]);
});
