import { expect } from 'vitest';
import { rankArticles } from '../../functions/announce/rank-articles.ts';
import { saveNote } from '../../functions/store/rankings.ts';
import type { TestBackend } from '../support/backend.ts';
import { test } from '../support/backend-test.ts';
import { listed, minute, open, rank, setDay, wait } from '../support/most-reading.ts';
import { openReading, readBackend } from '../support/reading.ts';
import { repeat } from '../support/repeat.ts';
import { scanStore } from '../support/scan.ts';
import { watchStore } from '../support/watched-store.ts';

test('ranks what many read at once, with every view', async ({ backend }) => {
  for (const slug of ['storm', 'calm']) await backend.put(slug);
  const read = await openReading(backend);

  await Promise.all([open(read, 'storm', 80, 8), open(read, 'calm', 60, 8)]);
  await rank(backend);

  expect(await listed(read)).toMatchObject({
    today: ['storm 80', 'calm 60'],
    ever: ['storm 80', 'calm 60'],
  });
});

test('ranks once in five minutes at most', async ({ backend }) => {
  await backend.put('storm');
  const read = await openReading(backend);
  await open(read, 'storm');
  await rank(backend);

  await open(read, 'storm');
  wait(backend, 5 * minute - 1);
  await rank(backend);
  const before = await listed(read);
  wait(backend, 1);
  await rank(backend);

  expect(before).toMatchObject({ today: ['storm 1'] });
  expect(await listed(read)).toMatchObject({ today: ['storm 2'] });
});

test('writes nothing while nobody reads, and looks with two small requests a minute', async ({ backend }) => {
  await backend.put('storm');
  const read = await openReading(backend);
  await rank(backend);
  const empty = await scanStore(backend.store);
  await open(read, 'storm');
  await rank(backend);
  // What was noted in the minute of a ranking is looked at once more.
  wait(backend, 5 * minute);
  await rank(backend);
  const before = await scanStore(backend.store);

  const asked: string[] = [];
  for (let minutes = 0; minutes < 60; minutes++) {
    wait(backend, minute);
    await rank(backend, (command) => asked.push(command));
  }

  expect(empty.content.filter(({ pk }) => ['READ', 'MOSTREAD'].includes(pk))).toEqual([]);
  expect(await scanStore(backend.store)).toEqual(before);
  expect(new Set(asked)).toEqual(new Set(['GetItem', 'Query']));
  expect(asked.length).toBeLessThanOrEqual(2 * 60);
});

test('finds what was noted in the minute before the last ranking and came in after', async ({ backend }) => {
  for (const slug of ['storm', 'calm']) await backend.put(slug);
  const read = await openReading(backend);
  await open(read, 'storm');
  await backend.view('calm');
  wait(backend, 1.5 * minute);
  await rank(backend);

  const { id } = (await backend.read('calm')).article;
  await saveNote(backend.store, { slug: 'calm', id, n: 1, total: 1 }, '2026-06-01T12:00:45.000Z');
  wait(backend, 5 * minute);
  await rank(backend);

  expect((await listed(read)).today?.sort()).toEqual(['calm 1', 'storm 1']);
});

test('leaves views of tomorrow, counted by an environment whose clock is ahead, out of today', async ({
  backend,
}) => {
  await backend.put('storm');
  const read = await openReading(backend);
  await open(read, 'storm');
  await backend.at('2026-06-01T17:00:00.000Z').view('storm');

  await rank(backend);

  expect(await listed(read)).toEqual({
    today: ['storm 1'],
    week: ['storm 1'],
    month: ['storm 1'],
    ever: ['storm 2'],
  });
});

test('finds all that was read while no sweep ran, and the same when it runs twice', async ({ backend }) => {
  for (const slug of ['first', 'second', 'third']) await backend.put(slug);
  const read = await openReading(backend);
  await open(read, 'first', 3);
  await rank(backend);
  for (const [slug, count] of [
    ['second', 5],
    ['third', 4],
  ] as const) {
    await open(read, slug, count);
    wait(backend, 30 * minute);
  }

  await Promise.all([rank(backend), rank(backend)]);
  const once = await listed(read);
  wait(backend, 5 * minute);
  await rank(backend);

  const today = ['second 5', 'third 4', 'first 3'];
  expect(once).toEqual({ today, week: today, month: today, ever: today });
  expect(await listed(read)).toEqual(once);
});

test('costs as much with 150 articles as with 10', async ({ backend }) => {
  const read = await openReading(backend);
  const asked: string[] = [];
  const watched = backend.through(watchStore(backend.store, (command) => asked.push(command)));
  const watchedRead = await openReading(watched);
  const costOf = async () => {
    await open(read, 'a-1', 2);
    wait(backend, 6 * minute);
    asked.length = 0;
    await rankArticles(readBackend(watched));
    for (const path of ['/', '/most-read']) await (await watchedRead(path)).text();
    return [...asked].sort();
  };
  for (let index = 0; index < 10; index++) await backend.put(`a-${index}`);
  const few = await costOf();
  await repeat(140, 16, async (index) => {
    await backend.put(`a-${index + 10}`);
  });

  expect(await costOf()).toEqual(few);
  expect(few.length).toBeLessThan(30);
});

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

  // Where the count is read too late, the next view is noted in its place.
  const least = [1, 2, 4, 8, 16, 32, 48, 2];
  const late = (await noted(backend)).map((total, index) => total - (least[index] ?? Number.NaN));
  expect(late).toHaveLength(least.length);
  for (const views of late) expect([0, 1, 2]).toContain(views);
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
