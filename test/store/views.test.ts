import { afterEach, beforeEach, expect, inject, vi } from 'vitest';
import { countView } from '../../functions/store/count-view.ts';
import { readViews } from '../../functions/store/counter.ts';
import { test } from '../support/backend-test.ts';
import { startFaultProxy } from '../support/fault-proxy.ts';
import { scanStore } from '../support/scan.ts';
import { connectLocal } from '../support/tables.ts';

const id = 'tag:news.example.com,2026-05-01:storm';
const day = '2026-06-01';

// A view gives up after two seconds, which is nothing on a busy machine.
beforeEach(() => {
  vi.spyOn(AbortSignal, 'timeout').mockImplementation(() => new AbortController().signal);
});
afterEach(() => vi.restoreAllMocks());

test('counts nothing of an article that nobody has opened', async ({ backend }) => {
  await backend.put('storm');

  expect(await readViews(backend.store, id)).toBe(0);
});

test('counts every one of many views at once', async ({ backend }) => {
  await backend.put('storm', { views: 930 });

  await Promise.all(Array.from({ length: 70 }, () => backend.view('storm')));

  expect(await readViews(backend.store, id)).toBe(1000);
});

test('counts one view once, however often it is sent', async ({ backend }) => {
  await backend.put('storm');
  const token = crypto.randomUUID();

  for (let time = 1; time <= 3; time++) await countView(backend.store, { id, token, day });

  expect(await readViews(backend.store, id)).toBe(1);
});

test('counts exactly when answers are lost on their way back', async ({ backend }) => {
  await backend.put('storm');
  const proxy = await startFaultProxy(inject('dynamodbEndpoint'), {
    faults: { any: { lostAnswer: 0.4 } },
    seed: 1,
  });
  const store = { ...backend.store, client: connectLocal({ endpoint: proxy.endpoint, maxAttempts: 8 }) };

  for (let view = 1; view <= 20; view++) await countView(store, { id, token: crypto.randomUUID(), day });
  await proxy.close();

  expect(proxy.counts.lostAnswer).toBeGreaterThan(5);
  expect(await readViews(backend.store, id)).toBe(20);
});

test('takes the starting count once', async ({ backend }) => {
  await backend.put('storm', { views: 930 });
  await backend.view('storm');

  await backend.put('storm', { views: 930, title: 'Edited' });
  await backend.put('storm', { title: 'Edited again' });
  await backend.put('storm', { views: 5000, title: 'Edited at last' });

  expect(await readViews(backend.store, id)).toBe(931);
});

test('takes a starting count that comes later, beside what was counted', async ({ backend }) => {
  await backend.put('storm');
  await backend.view('storm');

  await backend.put('storm', { views: 930 });

  expect(await readViews(backend.store, id)).toBe(931);
});

test('takes a starting count of none for good', async ({ backend }) => {
  await backend.put('storm', { views: 0 });

  await backend.put('storm', { views: 930 });

  expect(await readViews(backend.store, id)).toBe(0);
});

test('counts without touching the article', async ({ backend }) => {
  await backend.put('storm');
  const { content } = await scanStore(backend.store);

  await backend.view('storm');

  expect((await scanStore(backend.store)).content).toEqual(content);
});

test('shows the views in a row that another execution environment has added since', async ({ backend }) => {
  await backend.put('storm');
  await backend.view('storm');
  await readViews(backend.store, id);
  vi.resetModules();
  const other = await import('../../functions/store/count-view.ts');
  const crowd = { id, row: 0, refusals: 2, abortSignal: new AbortController().signal };
  expect(await other.spreadCounter(backend.store, crowd)).toBe(1);
  while (!(await scanStore(backend.store)).views.some(({ pk }) => pk === `VIEWS#${id}|1`))
    await other.countView(backend.store, { id, token: crypto.randomUUID(), day });

  const shown = await readViews(backend.store, id);

  const { views } = await scanStore(backend.store);
  expect(shown).toBe(views.reduce((sum, { n }) => sum + Number(n), 0));
});
