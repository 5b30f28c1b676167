import { expect } from 'vitest';
import { rankArticles } from '../../functions/announce/rank-articles.ts';
import { keepNote } from '../../functions/store/read-notes.ts';
import { test } from '../support/desk-test.ts';
import { listed, minute, open, rank, wait } from '../support/most-reading.ts';
import { openReading, readingDesk } from '../support/reading.ts';
import { repeat } from '../support/repeat.ts';
import { scanStore } from '../support/scan.ts';
import { watchStore } from '../support/watched-store.ts';

test('ranks what many read at once, with every view', async ({ desk }) => {
  for (const slug of ['storm', 'calm']) await desk.put(slug);
  const read = await openReading(desk);

  await Promise.all([open(read, 'storm', 80, 8), open(read, 'calm', 60, 8)]);
  await rank(desk);

  expect(await listed(read)).toMatchObject({
    today: ['storm 80', 'calm 60'],
    ever: ['storm 80', 'calm 60'],
  });
});

test('ranks once in five minutes at most', async ({ desk }) => {
  await desk.put('storm');
  const read = await openReading(desk);
  await open(read, 'storm');
  await rank(desk);

  await open(read, 'storm');
  wait(desk, 5 * minute - 1);
  await rank(desk);
  const before = await listed(read);
  wait(desk, 1);
  await rank(desk);

  expect(before).toMatchObject({ today: ['storm 1'] });
  expect(await listed(read)).toMatchObject({ today: ['storm 2'] });
});

test('writes nothing while nobody reads, and looks with two small requests a minute', async ({ desk }) => {
  await desk.put('storm');
  const read = await openReading(desk);
  await rank(desk);
  const empty = await scanStore(desk.store);
  await open(read, 'storm');
  await rank(desk);
  // What was noted in the minute of a ranking is looked at once more.
  wait(desk, 5 * minute);
  await rank(desk);
  const before = await scanStore(desk.store);

  const asked: string[] = [];
  for (let minutes = 0; minutes < 60; minutes++) {
    wait(desk, minute);
    await rank(desk, (command) => asked.push(command));
  }

  expect(empty.content.filter(({ pk }) => ['READ', 'MOSTREAD'].includes(pk))).toEqual([]);
  expect(await scanStore(desk.store)).toEqual(before);
  expect(new Set(asked)).toEqual(new Set(['GetItem', 'Query']));
  expect(asked.length).toBeLessThanOrEqual(2 * 60);
});

test('finds what was noted in the minute before the last ranking and came in after', async ({ desk }) => {
  for (const slug of ['storm', 'calm']) await desk.put(slug);
  const read = await openReading(desk);
  await open(read, 'storm');
  await desk.view('calm');
  wait(desk, minute);
  await rank(desk);

  const { id } = (await desk.read('calm')).article;
  await keepNote(desk.store, { slug: 'calm', id, n: 1, total: 1 }, '2026-06-01T12:00:59.000Z');
  wait(desk, 5 * minute);
  await rank(desk);

  expect((await listed(read)).today?.sort()).toEqual(['calm 1', 'storm 1']);
});

test('finds all that was read while no sweep ran, and the same when it runs twice', async ({ desk }) => {
  for (const slug of ['first', 'second', 'third']) await desk.put(slug);
  const read = await openReading(desk);
  await open(read, 'first', 3);
  await rank(desk);
  for (const [slug, count] of [
    ['second', 5],
    ['third', 4],
  ] as const) {
    await open(read, slug, count);
    wait(desk, 30 * minute);
  }

  await Promise.all([rank(desk), rank(desk)]);
  const once = await listed(read);
  wait(desk, 5 * minute);
  await rank(desk);

  const today = ['second 5', 'third 4', 'first 3'];
  expect(once).toEqual({ today, week: today, month: today, ever: today });
  expect(await listed(read)).toEqual(once);
});

test('costs as much with 300 articles as with 10', async ({ desk }) => {
  const read = await openReading(desk);
  const asked: string[] = [];
  const watched = desk.through(watchStore(desk.store, (command) => asked.push(command)));
  const watchedRead = await openReading(watched);
  const costOf = async () => {
    await open(read, 'a-1', 2);
    wait(desk, 6 * minute);
    asked.length = 0;
    await rankArticles(readingDesk(watched));
    for (const path of ['/', '/most-read']) await (await watchedRead(path)).text();
    return [...asked].sort();
  };
  for (let index = 0; index < 10; index++) await desk.put(`a-${index}`);
  const few = await costOf();
  await repeat(290, 16, async (index) => {
    await desk.put(`a-${index + 10}`);
  });

  expect(await costOf()).toEqual(few);
  expect(few.length).toBeLessThan(30);
});
