import { afterEach, beforeEach, expect, inject, vi } from 'vitest';
import { countView } from '../../functions/store/count-view.ts';
import { readViews } from '../../functions/store/counter.ts';
import { readShownCount } from '../../functions/store/shown-count.ts';
import type { TestBackend } from '../support/backend.ts';
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
  await other.spreadCounter(backend.store, id, 2, new AbortController().signal);
  while (!(await scanStore(backend.store)).views.some(({ pk }) => pk === `VIEWS#${id}|1`))
    await other.countView(backend.store, { id, token: crypto.randomUUID(), day });

  const shown = await readViews(backend.store, id);

  const { views } = await scanStore(backend.store);
  expect(shown).toBe(views.reduce((sum, { n }) => sum + Number(n), 0));
});

test('shows a page its own view at once, and those in other rows after a second', async ({ backend }) => {
  await backend.put('storm');
  await countView(backend.store, { id, token: crypto.randomUUID(), day });
  await readShownCount(backend.store, id, 0);
  vi.resetModules();
  const other = await import('../../functions/store/count-view.ts');
  await other.spreadCounter(backend.store, id, 2, new AbortController().signal);
  while ((await other.countView(backend.store, { id, token: crypto.randomUUID(), day })) === 0);
  const first = (await readViews(backend.store, id)) - 1;

  const row = await countView(backend.store, { id, token: crypto.randomUUID(), day });
  const shown = (await readShownCount(backend.store, id, row)).total;
  const soon = Date.now() + 1_000;
  vi.spyOn(Date, 'now').mockImplementation(() => soon);

  expect(shown).toBeGreaterThanOrEqual(2);
  expect((await readShownCount(backend.store, id, 0)).total).toBe(first + 2);
});

async function viewOn(backend: TestBackend, ...days: string[]): Promise<void> {
  for (const day of days) {
    // At noon in the backend's zone.
    backend.time = `${day}T04:00:00.000Z`;
    await backend.view('storm');
    await readViews(backend.store, id);
  }
}

/** The counter's attributes for single days. */
async function daysOf(backend: TestBackend): Promise<string[]> {
  const { views } = await scanStore(backend.store);
  return Object.keys(views[0] ?? {})
    .filter((name) => name.startsWith('d'))
    .sort();
}

test("counts for the day of the site's zone, beside the total", async ({ backend }) => {
  await backend.put('storm', { views: 930 });

  for (const time of ['2026-06-01T15:59:00.000Z', '2026-06-01T16:00:00.000Z', '2026-06-02T15:59:59.999Z']) {
    backend.time = time;
    await backend.view('storm');
  }

  const { views } = await scanStore(backend.store);
  expect(views).toEqual([{ pk: `VIEWS#${id}`, n: 933, d20260601: 1, d20260602: 2 }]);
});

test('knows 31 days, and drops the one before them as it counts', async ({ backend }) => {
  await backend.put('storm');

  await viewOn(backend, '2026-06-01', '2026-06-02', '2026-07-01');
  const [all] = [await daysOf(backend)];
  await viewOn(backend, '2026-07-02');

  expect(all).toEqual(['d20260601', 'd20260602', 'd20260701']);
  expect(await daysOf(backend)).toEqual(['d20260602', 'd20260701', 'd20260702']);
  expect(await readViews(backend.store, id)).toBe(4);
});

test('drops all days that a month without views has left behind', async ({ backend }) => {
  await backend.put('storm');

  await viewOn(backend, '2026-06-01', '2026-06-02', '2026-07-31');

  expect(await daysOf(backend)).toEqual(['d20260731']);
});

test('drops what a long silence has left behind at the second view after it', async ({ backend }) => {
  await backend.put('storm');
  await viewOn(backend, '2026-06-01', '2026-06-02', '2026-12-24');
  const first = await daysOf(backend);

  await viewOn(backend, '2026-12-24');

  expect(first).toEqual(['d20260601', 'd20260602', 'd20261224']);
  expect(await daysOf(backend)).toEqual(['d20261224']);
});
