import { expect } from 'vitest';
import { test } from '../support/backend-test.ts';
import { type HistoryDocument, readDocument, walkBack } from '../support/feed-history.ts';
import { noise } from '../support/noise.ts';
import { randomNumbers } from '../support/random-numbers.ts';
import { openReading } from '../support/reading.ts';
import { repeat } from '../support/repeat.ts';

const seed = Number(process.env.SEED ?? 20261125);
const count = 500;
const begin = Date.UTC(2011, 5, 1);
const end = Date.UTC(2026, 5, 1);
const feeds = ['/rss.xml', '/atom.xml', '/feed.json'];

function slugsOf(documents: HistoryDocument[]): string[] {
  return documents.flatMap(({ ids }) => ids.map((id) => id.replace(/.*:/, '')));
}

test(`every one of ${count} articles of 15 years is reached from each feed`, async ({ backend }) => {
  console.log(`Seed ${seed}`);
  const random = randomNumbers(seed);
  // A busy month every few years, and several in one moment.
  const times = Array.from({ length: count }, (_, index) => {
    const year = 2012 + 6 * Math.floor(random() * 2);
    const busy = Date.UTC(year, 2, 1) + Math.floor(random() * 300) * 9_000_000;
    return new Date(index % 2 === 0 ? busy : begin + random() * (end - begin)).toISOString();
  });
  await repeat(count, 8, async (index) => {
    await backend.put(`a-${index}`, { publishedAt: times[index], tags: [`Tag ${index % 3}`] });
  });
  const read = await openReading(backend);
  const expected = times.map((_, index) => `a-${index}`).sort();

  for (const path of feeds) {
    const documents = await walkBack(read, path);
    console.log(`${path}: ${documents.length} documents, ${slugsOf(documents).length} entries`);

    expect([...new Set(slugsOf(documents))].sort()).toEqual(expected);
    if (path === '/feed.json') expect(slugsOf(documents)).toHaveLength(count);
  }
  const ofTag = slugsOf(await walkBack(read, '/tag/tag-1/atom.xml'));
  expect([...new Set(ofTag)].sort()).toEqual(expected.filter((slug) => Number(slug.slice(2)) % 3 === 1));
});

test('feeds of articles of 1 MB each have all their entries, and fit into an answer', async ({ backend }) => {
  // Letters with line breaks: as large as a body may be, and hardly to be compressed.
  const html = `<p>${noise(999_990).replace(/.{76}/g, '$&\n').slice(0, 999_990)}</p>`;
  await repeat(30, 4, async (index) => {
    const publishedAt = new Date(end - (200 - index) * 60_000).toISOString();
    await backend.put(`a-${index}`, { publishedAt, html });
  });
  const read = await openReading(backend);

  const documents = await Promise.all(feeds.map((path) => readDocument(read, path)));
  const older = await Promise.all(documents.map(({ older = '' }) => readDocument(read, older)));

  expect(documents.map(({ ids }) => ids.length)).toEqual([20, 20, 20]);
  expect(older.map(({ ids }) => ids.length)).toEqual([10, 10, 10]);
  for (const { path, text } of [...documents, ...older])
    expect([path, Buffer.byteLength(text) < 6_000_000]).toEqual([path, true]);
});
