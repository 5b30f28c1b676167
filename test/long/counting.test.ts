import { describe, expect, inject, test } from 'vitest';
import { type Order, openInTwoProcesses } from '../support/counting/readers.ts';
import { type Rates, startFaultProxy } from '../support/fault-proxy.ts';
import { scanStore } from '../support/scan.ts';
import { createTables, dropTables } from '../support/tables.ts';

const count = Number(process.env.COUNT ?? 500);
const patience = Number(process.env.PATIENCE ?? 5);
const seed = Number(process.env.SEED ?? 20261125);
const id = 'tag:news.example.com,2026-05-01:storm';

type FaultOptions = Omit<Parameters<typeof startFaultProxy>[1], 'seed'>;

/** What two processes of readers have counted in tables of their own behind a proxy of theirs. */
async function countBehind(options: FaultOptions, order: Order) {
  const store = await createTables();
  const proxy = await startFaultProxy(inject('dynamodbEndpoint'), { ...options, seed });
  const counted = await openInTwoProcesses(store, proxy.endpoint, order);
  const { views: rows } = await scanStore(store);
  const faults = Object.fromEntries(Object.entries(proxy.counts).filter(([, times]) => times > 0));
  console.log(JSON.stringify({ seed, options, ...counted, rows: rows.map(({ n }) => n), faults }));
  await proxy.close();
  await dropTables(store);
  return { ...counted, rows, sum: sumOf(rows.map(({ n }) => Number(n))), faults: proxy.counts };
}

/** `count` views of one article by two processes, 32 at once, while these faults befall every call. */
function countUnder(rates: Rates, { plain = false } = {}) {
  const order = { ids: [id], views: count / 2, atOnce: 16, patience, plain };
  return countBehind({ faults: { any: rates } }, order);
}

function sumOf(numbers: number[]): number {
  return numbers.reduce((sum, number) => sum + number, 0);
}

const lostAnswers: Rates = { lostAnswer: 0.2 };

async function countExactly(rates: Rates) {
  const { sum, missed, wrong, faults } = await countUnder(rates);

  // A view whose answer never came is called missed, and may have been counted.
  expect(sum).toBeLessThanOrEqual(count);
  expect(sum + missed).toBeGreaterThanOrEqual(count);
  expect(wrong).toBe(0);
  const befallen = sumOf(Object.keys(rates).map((kind) => faults[kind as keyof Rates]));
  expect(befallen).toBeGreaterThan(count * 0.1);
  return missed;
}

test(`counts ${count} views exactly while a fifth of the answers is lost, and misses few`, async () => {
  expect(await countExactly(lostAnswers)).toBeLessThan(count * 0.05);
});

// Side by side: their time is the pauses before calls are repeated.
test.concurrent.for<[string, Rates]>([
  ['a fifth of the requests is lost', { lostRequest: 0.2 }],
  ['two fifths are throttled', { throttle: 0.4 }],
  ['three in ten run into another', { conflict: 0.3 }],
  ['a tenth never gets an answer', { hang: 0.1 }],
  ['three in ten fail before they are applied', { errorBefore: 0.3 }],
  ['three in ten fail after they are applied', { errorAfter: 0.3 }],
  [
    'three in ten meet any of it',
    {
      ...{ throttle: 0.05, conflict: 0.05, errorBefore: 0.03, errorAfter: 0.03, lostRequest: 0.05 },
      ...{ lostAnswer: 0.05, delay: 0.03, unprocessed: 0.01 },
    },
  ],
])(`counts ${count} views exactly while %s`, async ([, rates]) => {
  await countExactly(rates);
});

test('would tell a plain ADD that counts twice what it repeats', async () => {
  const { sum } = await countUnder(lostAnswers, { plain: true });

  expect(sum).toBeGreaterThan(count * 1.1);
});

test('reports every view as missed in time while the database hangs', async () => {
  const order = { ids: [id], views: 16, atOnce: 16 };

  const { missed, slowest, rows } = await countBehind({ faults: { any: { hang: 1 } } }, order);

  expect(missed).toBe(32);
  expect(slowest).toBeLessThan(5_000);
  expect(rows).toEqual([]);
});

describe('an article at four times of what one item takes', () => {
  const writesPerSecond = 10;
  const views = 4 * writesPerSecond * 10;
  const cold = 'tag:news.example.com,2026-05-01:calm';

  test.for([
    ['its writes are limited', { writesPerSecond }],
    ['its transactions exclude one another, too', { writesPerSecond, exclusive: true }],
  ] as const)(
    'loses no view, spreads by itself, and leaves the article beside it alone, where %s',
    async ([, limits]) => {
      const ids = [...Array(39).fill(id), cold];
      const order = { ids, views: views / 2, atOnce: 0, perSecond: 2 * writesPerSecond, patience };

      const { rows, sum, faults, ...counted } = await countBehind({ limits }, order);

      const hot = rows.filter(({ pk }) => pk.startsWith(`VIEWS#${id}`));
      expect(counted).toMatchObject({ missed: 0, wrong: 0 });
      expect(sum).toBe(views);
      expect(hot.length).toBeGreaterThanOrEqual(4);
      expect(rows.filter(({ pk }) => pk.startsWith(`VIEWS#${cold}`))).toHaveLength(1);
      expect(faults.limited + faults.overlapped).toBeGreaterThan(0);
    },
  );
});
