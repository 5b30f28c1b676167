import { expect } from 'vitest';
import type { TestBackend } from '../support/backend.ts';
import { test } from '../support/backend-test.ts';
import { change, lose } from '../support/corrupt.ts';
import { digest } from '../support/digest.ts';
import { noise } from '../support/noise.ts';
import { openReading } from '../support/reading.ts';
import { repairStore } from '../support/repair.ts';
import { describeStore, scanStore } from '../support/scan.ts';

/** The rows of the feed's text, with the day from which DynamoDB may delete them. */
async function textRows({ store }: TestBackend): Promise<[string | undefined, string][]> {
  const { content } = await scanStore(store);
  const rows = content.filter(({ pk, sk }) => pk === 'FEED#news#rss' && sk !== 'DOC#0');
  return rows.map(({ sk, ttl }) => [sk, new Date(Number(ttl) * 1000).toISOString().slice(0, 10)]);
}

test('has the text of a feed expire 30 days after it was rendered, and writes nothing for who reads it until then', async ({
  backend,
}) => {
  await backend.put('storm');
  const read = await openReading(backend);
  await read('/rss.xml');
  const kept = await textRows(backend);
  const before = await describeStore(backend.store);

  backend.time = '2026-06-30T12:00:00.000Z';
  const { status } = await read('/rss.xml');

  expect([status, kept]).toEqual([200, [['DOC#1', '2026-07-01']]]);
  expect(await describeStore(backend.store)).toEqual(before);
});

test.for([
  ['half', ['DOC#2']],
  ['all', ['DOC#1', 'DOC#2', 'DOC#3']],
] as const)('serves the feed whole when %s of its text has expired', async ([, lost], { backend }) => {
  await backend.put('storm', { text: noise(960_000) });
  const read = await openReading(backend);
  const before = await read('/rss.xml');
  const text = digest(await before.text());
  backend.time = '2026-07-02T12:00:00.000Z';
  for (const sk of lost) await lose(`FEED#news#rss ${sk}`)(backend.store);
  expect(await backend.check()).toEqual([]);

  const after = await read('/rss.xml');

  expect([after.status, digest(await after.text())]).toEqual([200, text]);
  expect((await textRows(backend)).filter(([, until]) => until === '2026-08-01')).toHaveLength(3);
});

test('repair gives the text of a feed that was kept before texts expired its time, and leaves an expired one', async ({
  backend,
}) => {
  await backend.put('storm');
  const read = await openReading(backend);
  await read('/rss.xml');
  await change('FEED#news#rss DOC#1', { ttl: undefined })(backend.store);

  const findings = await repairStore(backend.store, backend.time);
  await lose('FEED#news#rss DOC#1')(backend.store);

  expect(findings).toMatchObject([{ outcome: 'corrected', row: 'FEED#news#rss DOC#1' }]);
  expect(await repairStore(backend.store, '2026-07-02T12:00:00.000Z')).toEqual([]);
  backend.time = '2026-07-02T12:00:00.000Z';
});
