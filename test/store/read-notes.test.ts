import { expect } from 'vitest';
import type { TestBackend } from '../support/backend.ts';
import { test } from '../support/backend-test.ts';
import { minute, open, setDay, wait } from '../support/most-reading.ts';
import { openReading } from '../support/reading.ts';
import { scanStore } from '../support/scan.ts';
import { watchStore } from '../support/watched-store.ts';

/** The totals of the day at which the article is noted. */
async function noted({ store }: TestBackend): Promise<number[]> {
  const { content } = await scanStore(store);
  return content.flatMap(({ pk, n }) => (pk === 'READ' ? [Number(n)] : []));
}

test('notes a read article at 1, 2, 4, 8, 16 and each 16 views of a day more', async ({ backend }) => {
  await backend.put('storm', { views: 930 });
  const read = await openReading(backend);

  for (let view = 1; view <= 50; view++) {
    await open(read, 'storm');
    wait(backend, minute);
  }
  setDay(backend, '2026-06-02');
  await open(read, 'storm', 3);

  expect(await noted(backend)).toEqual([1, 2, 4, 8, 16, 32, 48, 2]);
});

test('notes a busy article though nobody sees the very numbers', async ({ backend }) => {
  await backend.put('storm');
  const read = await openReading(backend);

  for (let round = 0; round < 4; round++) {
    // Of others, in environments of their own.
    for (let other = 0; other < 18; other++) await backend.view('storm');
    await open(read, 'storm');
    wait(backend, minute);
  }

  // 32, 48 and 64 lie between what this environment saw; of 16 it knew nothing, as 19 was the first that it saw.
  expect(await noted(backend)).toEqual([38, 57, 76]);
});

test('serves the page, with its count, though the article cannot be noted', async ({ backend }) => {
  await backend.put('storm');
  const failing = watchStore(backend.store, (command) => {
    if (command === 'PutItem') throw new Error('No');
  });
  const read = await openReading(backend.through(failing));

  const page = await read('/news/storm');
  const healed = await openReading(backend);
  const missed = await noted(backend);
  await open(healed, 'storm');

  expect(await page.text()).toContain('Views: 1');
  expect([missed, await noted(backend)]).toEqual([[], [2]]);
});

test('tries again at the next view to note an article that could not be noted', async ({ backend }) => {
  await backend.put('storm');
  let fails = true;
  const store = watchStore(backend.store, (command) => {
    if (command === 'PutItem' && fails) throw new Error('No');
  });
  const read = await openReading(backend.through(store));
  for (let view = 1; view <= 16; view++) await open(read, 'storm');

  fails = false;
  await open(read, 'storm');

  expect(await noted(backend)).toEqual([17]);
});
