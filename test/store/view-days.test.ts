import { expect } from 'vitest';
import { readViews } from '../../functions/store/counter.ts';
import type { TestBackend } from '../support/backend.ts';
import { test } from '../support/backend-test.ts';
import { scanStore } from '../support/scan.ts';

const id = 'tag:news.example.com,2026-05-01:storm';

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
