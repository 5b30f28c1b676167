import { expect } from 'vitest';
import { keepDocument } from '../../functions/store/stored-feed.ts';
import type { TestBackend } from '../support/backend.ts';
import { test } from '../support/backend-test.ts';
import { openReading, type Read } from '../support/reading.ts';

const typo = '2062-01-01T00:00:00.000Z';

/** What is told of the feed at this time; asked for by readers before, as it is kept for the first of them. */
async function toldAt(backend: TestBackend, read: Read, time: string): Promise<string | null> {
  backend.time = `2026-06-01T${time}.000Z`;
  return (await read('/rss.xml')).headers.get('last-modified');
}

test('tells when a feed was made whose article claims an update of decades ahead', async ({ backend }) => {
  const read = await openReading(backend);
  await backend.put('storm', { updatedAt: typo });
  await toldAt(backend, read, '12:00:00');

  const told = await toldAt(backend, read, '12:00:01');
  await backend.put('storm', { updatedAt: '2026-05-02T00:00:00Z' });
  await toldAt(backend, read, '12:00:01');
  const corrected = await toldAt(backend, read, '12:00:02');

  expect([told, corrected]).toEqual(['Mon, 01 Jun 2026 12:00:00 GMT', 'Mon, 01 Jun 2026 12:00:01 GMT']);
});

test('tells it of the next document after one that was dated decades ahead', async ({ backend }) => {
  const read = await openReading(backend);
  await backend.put('storm');
  const ahead = { etag: 'W/"ahead"', lastModified: typo, text: 'ahead' };
  await keepDocument(backend.store, 'news', 'rss', ahead, undefined);
  await toldAt(backend, read, '12:00:00');

  const told = await toldAt(backend, read, '12:00:02');

  expect(told).toBe('Mon, 01 Jun 2026 12:00:01 GMT');
});

test('gives each of several changes within a second a time that was told of none before it', async ({
  backend,
}) => {
  const read = await openReading(backend);
  const told: (string | null)[] = [];
  for (const title of ['One', 'Two', 'Three']) {
    await backend.put('storm', { title, updatedAt: '2026-06-01T12:00:00Z' });
    told.push(await toldAt(backend, read, '12:00:00'));
  }

  const last = await toldAt(backend, read, '12:00:02');

  expect([...told, last]).toEqual([null, null, null, 'Mon, 01 Jun 2026 12:00:01 GMT']);
});
