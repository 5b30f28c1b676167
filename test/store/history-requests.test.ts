import { expect } from 'vitest';
import type { TestBackend } from '../support/backend.ts';
import { test } from '../support/backend-test.ts';
import { openReading, type Read } from '../support/reading.ts';
import { repeat } from '../support/repeat.ts';
import { watchStore } from '../support/watched-store.ts';

/** What is asked of DynamoDB: `Query STREAM#news` and so on. */
async function openWatched(backend: TestBackend): Promise<{ read: Read; asked: string[] }> {
  const asked: string[] = [];
  const store = watchStore(backend.store, (command, input) => {
    const { ExpressionAttributeValues: values, Key = values } = input as Record<
      string,
      Record<string, { S: string }>
    >;
    asked.push(`${command} ${(Key?.[':pk'] ?? Key?.pk)?.S}`);
  });
  return { read: await openReading(backend.through(store)), asked };
}

async function publish(backend: TestBackend, count: number): Promise<void> {
  await repeat(count, 8, async (index) => {
    await backend.put(`a-${index}`, {
      publishedAt: new Date(Date.UTC(2026, 4, 1) + index * 1000).toISOString(),
    });
  });
}

test.for([
  ['/rss.xml', ['Query STREAM#news']],
  ['/feed.json', ['Query STREAM#news']],
  // The tombstones are Atom's alone.
  ['/atom.xml', ['Query STREAM#news', 'Query GONE#news']],
] as const)('an unchanged poll of %s is one query of cards', async ([path, expected], { backend }) => {
  await publish(backend, 25);
  const { read, asked } = await openWatched(backend);
  const etag = (await read(path)).headers.get('etag') ?? '';
  asked.length = 0;

  const { status } = await read(path, { 'If-None-Match': etag });

  expect([status, asked]).toEqual([304, expected]);
});

test('an unchanged archive document or page is known without reading an article', async ({ backend }) => {
  await publish(backend, 130);
  const { read, asked } = await openWatched(backend);
  const place = Buffer.from('2026-05-01T00:02:00.000Z#a').toString('base64url');
  for (const path of [
    '/archive/2026-05/1/rss.xml',
    `/archive/2026-05/atom.xml?before=${place}`,
    `/feed.json?before=${place}`,
  ]) {
    const etag = (await read(path)).headers.get('etag') ?? '';
    asked.length = 0;

    const { status } = await read(path, { 'If-None-Match': etag });

    expect([path, status]).toEqual([path, 304]);
    expect([...new Set(asked)]).toEqual(['Query STREAM#news']);
  }
});
