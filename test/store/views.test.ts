import { expect, inject } from 'vitest';
import { countView, readViews } from '../../functions/store/views.ts';
import { test } from '../support/desk-test.ts';
import { startFaultProxy } from '../support/fault-proxy.ts';
import { scanStore } from '../support/scan.ts';
import { connectLocal } from '../support/tables.ts';

const id = 'tag:news.example.com,2026-05-01:storm';
const day = '2026-06-01';

test('counts nothing of an article that nobody has opened', async ({ desk }) => {
  await desk.put('storm');

  expect(await readViews(desk.store, id)).toBe(0);
});

test('counts every one of many views at once', async ({ desk }) => {
  await desk.put('storm', { views: 930 });

  await Promise.all(Array.from({ length: 70 }, () => desk.view('storm')));

  expect(await readViews(desk.store, id)).toBe(1000);
});

test('counts one view once, however often it is sent', async ({ desk }) => {
  await desk.put('storm');
  const token = crypto.randomUUID();

  for (let time = 1; time <= 3; time++) await countView(desk.store, { id, token, day });

  expect(await readViews(desk.store, id)).toBe(1);
});

test('counts exactly when answers are lost on their way back', async ({ desk }) => {
  await desk.put('storm');
  const proxy = await startFaultProxy(inject('dynamodbEndpoint'), {
    faults: { any: { lostAnswer: 0.4 } },
    seed: 1,
  });
  const store = { ...desk.store, client: connectLocal({ endpoint: proxy.endpoint, maxAttempts: 8 }) };

  for (let view = 1; view <= 20; view++) await countView(store, { id, token: crypto.randomUUID(), day });
  await proxy.close();

  expect(proxy.counts.lostAnswer).toBeGreaterThan(5);
  expect(await readViews(desk.store, id)).toBe(20);
});

test('takes the starting count once', async ({ desk }) => {
  await desk.put('storm', { views: 930 });
  await desk.view('storm');

  await desk.put('storm', { views: 930, title: 'Edited' });
  await desk.put('storm', { title: 'Edited again' });
  await desk.put('storm', { views: 5000, title: 'Edited at last' });

  expect(await readViews(desk.store, id)).toBe(931);
});

test('takes a starting count that comes later, beside what was counted', async ({ desk }) => {
  await desk.put('storm');
  await desk.view('storm');

  await desk.put('storm', { views: 930 });

  expect(await readViews(desk.store, id)).toBe(931);
});

test('takes a starting count of none for good', async ({ desk }) => {
  await desk.put('storm', { views: 0 });

  await desk.put('storm', { views: 930 });

  expect(await readViews(desk.store, id)).toBe(0);
});

test('counts without touching the article', async ({ desk }) => {
  await desk.put('storm');
  const { content } = await scanStore(desk.store);

  await desk.view('storm');

  expect((await scanStore(desk.store)).content).toEqual(content);
});
