import { expect } from 'vitest';
import type { TestBackend } from '../support/backend.ts';
import { test } from '../support/backend-test.ts';
import { listed, minute, open, rank, setDay, wait } from '../support/most-reading.ts';
import { openReading } from '../support/reading.ts';
import { scanStore } from '../support/scan.ts';

test.for([
  ['a month of 31 days', '2026-05-31', ['2026-06-01', '2026-06-07', '2026-06-29', '2026-06-30']],
  ['February', '2026-02-27', ['2026-02-28', '2026-03-05', '2026-03-28', '2026-03-29']],
] as const)(
  'ranks by today, 7 days, 30 days and ever, over the end of %s',
  async ([, first, days], { backend }) => {
    await backend.put('old', { publishedAt: '2026-01-01T08:00:00Z', views: 930 });
    await backend.put('new', { publishedAt: '2026-01-01T08:00:00Z' });
    const read = await openReading(backend);
    setDay(backend, first);
    await open(read, 'old', 2);
    await rank(backend);
    const seen = [await listed(read)];

    for (const day of days) {
      setDay(backend, day);
      if (day === days[0]) await open(read, 'new');
      await rank(backend);
      seen.push(await listed(read));
    }

    const ever = ['old 932', 'new 1'];
    expect(seen).toEqual([
      { today: ['old 2'], week: ['old 2'], month: ['old 2'], ever: ['old 932'] },
      { today: ['new 1'], week: ['old 2', 'new 1'], month: ['old 2', 'new 1'], ever },
      {
        today: [],
        week: first === '2026-05-31' ? ['new 1'] : ['old 2', 'new 1'],
        month: ['old 2', 'new 1'],
        ever,
      },
      { today: [], week: [], month: ['old 2', 'new 1'], ever },
      { today: [], week: [], month: ['new 1'], ever },
    ]);
  },
);

test("begins a day at the midnight of the site's zone, before anything is ranked anew", async ({
  backend,
}) => {
  await backend.put('storm');
  const read = await openReading(backend);
  backend.time = '2026-06-01T15:58:00.000Z';
  await open(read, 'storm', 2);
  await rank(backend);

  backend.time = '2026-06-01T15:59:59.999Z';
  const before = await listed(read);
  backend.time = '2026-06-01T16:00:00.000Z';
  const after = await listed(read);
  await open(read, 'storm');
  await rank(backend);

  expect(before).toMatchObject({ today: ['storm 2'], week: ['storm 2'] });
  expect(after).toMatchObject({ today: [], week: ['storm 2'] });
  expect(await listed(read)).toMatchObject({ today: ['storm 1'], week: ['storm 3'] });
});

test('ranks by days of 23 and 25 hours where clocks change', async ({ backend }) => {
  backend.timeZone = 'America/New_York';
  await backend.put('storm', { publishedAt: '2026-01-01T08:00:00Z' });
  const read = await openReading(backend);
  const rankedAt = async (...times: string[]) => {
    const seen = [];
    for (const time of times) {
      backend.time = time;
      await rank(backend);
      const { today, week } = await listed(read);
      seen.push([today, week]);
    }
    return seen;
  };
  // The last and the first second of 8 March, which ends an hour early, and of 1 November, which ends an hour late.
  for (const time of ['03-08T04:59:59', '03-08T05:00:00', '03-09T03:59:59', '03-09T04:00:00']) {
    backend.time = `2026-${time}.000Z`;
    await open(read, 'storm');
  }
  const spring = await rankedAt(
    '2026-03-09T04:00:00.000Z',
    '2026-03-15T03:59:59.999Z',
    '2026-03-15T04:00:00.000Z',
  );
  for (const time of ['11-01T03:59:59', '11-01T04:00:00', '11-02T04:59:59', '11-02T05:00:00']) {
    backend.time = `2026-${time}.000Z`;
    await open(read, 'storm');
  }
  const autumn = await rankedAt(
    '2026-11-02T05:00:00.000Z',
    '2026-11-08T04:59:59.999Z',
    '2026-11-08T05:00:00.000Z',
  );

  const expected = [
    [['storm 1'], ['storm 4']],
    [[], ['storm 3']],
    [[], ['storm 1']],
  ];
  expect([spring, autumn]).toEqual([expected, expected]);
});

test.for<[string, (backend: TestBackend) => Promise<unknown>]>([
  ['removed', (backend) => backend.remove('storm')],
  ['a draft', (backend) => backend.put('storm', { draft: true })],
  ['under embargo', (backend) => backend.put('storm', { publishedAt: '2026-07-01T08:00:00Z' })],
  [
    'another by the same address',
    async (backend) => {
      await backend.remove('storm');
      await backend.put('storm', { title: 'Another storm' });
    },
  ],
])('lists no article from the moment on that it is %s', async ([, withdraw], { backend }) => {
  await backend.put('storm');
  await backend.put('calm');
  const read = await openReading(backend);
  await open(read, 'storm', 3);
  await open(read, 'calm', 2);
  await rank(backend);

  await withdraw(backend);
  const front = await (await read('/')).text();
  const atOnce = await listed(read);
  wait(backend, 5 * minute);
  await rank(backend);

  const kept = (await scanStore(backend.store)).content.filter(({ pk }) => pk === 'MOSTREAD');
  expect(front.slice(front.indexOf('most-read'))).not.toContain('storm');
  expect(atOnce).toMatchObject({ today: ['calm 2'], ever: ['calm 2'] });
  expect(await listed(read)).toEqual(atOnce);
  expect(JSON.stringify(kept)).not.toContain('storm');
});

test('follows an article to its new address, under its new title', async ({ backend }) => {
  await backend.put('storm');
  const read = await openReading(backend);
  await open(read, 'storm', 2);
  await rank(backend);

  await backend.put('gale', { title: 'A gale', aliases: ['storm'] });
  const front = await (await read('/')).text();
  const atOnce = await listed(read);
  await open(read, 'gale');
  wait(backend, 5 * minute);
  await rank(backend);

  expect(front).toMatch(/<li><a href="\/news\/gale"[^>]*>A gale<\/a>/);
  expect(atOnce).toMatchObject({ week: ['gale 2'] });
  expect(await listed(read)).toMatchObject({ week: ['gale 3'] });
});

test('fills the place of a removed article with the next', async ({ backend }) => {
  const slugs = Array.from({ length: 12 }, (_, index) => `a-${index}`);
  const read = await openReading(backend);
  for (const [index, slug] of slugs.entries()) {
    await backend.put(slug);
    await open(read, slug, slugs.length - index);
  }
  await rank(backend);

  for (const slug of ['a-0', 'a-3']) await backend.remove(slug);

  const { today = [] } = await listed(read);
  const front = await (await read('/')).text();
  expect(today).toEqual([1, 2, 4, 5, 6, 7, 8, 9, 10, 11].map((index) => `a-${index} ${12 - index}`));
  expect(front.slice(front.indexOf('most-read')).match(/\/news\/a-\d+/g)).toEqual(
    [1, 2, 4, 5, 6].map((index) => `/news/a-${index}`),
  );
});
