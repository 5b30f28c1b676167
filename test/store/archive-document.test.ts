import { expect } from 'vitest';
import type { TestBackend } from '../support/backend.ts';
import { test } from '../support/backend-test.ts';
import { readDocument } from '../support/feed-history.ts';
import { openReading } from '../support/reading.ts';
import { repeat } from '../support/repeat.ts';

/** The n-th is published n seconds into May. */
async function publish(backend: TestBackend, count: number): Promise<void> {
  await repeat(count, 8, async (index) => {
    await backend.put(`a-${index}`, { publishedAt: second(index) });
  });
}

function second(index: number): string {
  return new Date(Date.UTC(2026, 4, 1) + index * 1000).toISOString();
}

function before(index: number): string {
  return `?before=${Buffer.from(`${second(index)}#a-${index}`).toString('base64url')}`;
}

test('an archive document has another validator when an article in it, or its place among others, changes', async ({
  backend,
}) => {
  await publish(backend, 101);
  const read = await openReading(backend);
  const etagOf = async (path: string) => (await read(path)).headers.get('etag');
  const path = '/archive/2026-05/1/atom.xml';
  const first = await etagOf(path);

  await backend.put('a-100', { publishedAt: second(100), title: 'Corrected elsewhere' });
  const untouched = await etagOf(path);
  await backend.put('a-99', { publishedAt: second(99), title: 'Corrected' });
  const corrected = await etagOf(path);
  await backend.put('earlier', { publishedAt: '2026-03-01T00:00:00Z' });
  const linked = await etagOf(path);

  expect(untouched).toBe(first);
  expect(new Set([first, corrected, linked]).size).toBe(3);
});

test('leads forward only to documents that will not change', async ({ backend }) => {
  await backend.put('earlier', { publishedAt: '2026-03-01T00:00:00Z' });
  const read = await openReading(backend);
  const newerOf = async (path: string) => (await readDocument(read, path)).newer;

  await publish(backend, 100);
  const intoSmallMonth = await newerOf('/archive/2026-03/atom.xml');
  await publish(backend, 101);
  const goingOn = [
    await newerOf('/archive/2026-03/atom.xml'),
    await newerOf('/archive/2026-05/1/atom.xml'),
    await newerOf('/archive/2026-05/atom.xml'),
    await newerOf(`/archive/2026-05/atom.xml${before(90)}`),
    await newerOf(`/archive/2026-05/atom.xml${before(101)}`),
  ];
  await backend.put('later', { publishedAt: '2026-06-01T00:00:00Z' });
  const over = [
    await newerOf('/archive/2026-05/1/atom.xml'),
    await newerOf('/archive/2026-05/atom.xml'),
    await newerOf(`/archive/2026-05/atom.xml${before(101)}`),
  ];

  expect(intoSmallMonth).toBeUndefined();
  expect(goingOn).toEqual([
    '/archive/2026-05/1/atom.xml',
    undefined,
    undefined,
    '/archive/2026-05/1/atom.xml',
    undefined,
  ]);
  expect(over).toEqual(['/archive/2026-05/atom.xml', undefined, '/archive/2026-05/atom.xml']);
});

test('is kept by no cache at the address of a month that goes on', async ({ backend }) => {
  await publish(backend, 101);
  const read = await openReading(backend);
  const paths = ['atom.xml', '1/atom.xml', `atom.xml${before(101)}`].map(
    (file) => `/archive/2026-05/${file}`,
  );
  const lives = async () =>
    Promise.all(paths.map(async (path) => (await read(path)).headers.get('cache-control')));

  const goingOn = await lives();
  for (const day of [1, 2])
    await backend.put(`later-${day}`, { publishedAt: `2026-0${5 + day}-01T00:00:00Z` });
  backend.time = '2026-07-02T00:00:00.000Z';
  const over = await lives();

  const short = 'public, max-age=0';
  const long = 'public, max-age=300, s-maxage=86400';
  expect([goingOn, over]).toEqual([
    [short, long, long],
    [long, long, long],
  ]);
});
