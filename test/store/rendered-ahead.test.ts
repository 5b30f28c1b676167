import { expect } from 'vitest';
import { announceStream } from '../../functions/announce/announce-stream.ts';
import { findDocumentHead, keepDocument } from '../../functions/store/stored-feed.ts';
import type { TestBackend } from '../support/backend.ts';
import { test } from '../support/backend-test.ts';
import { openReading, readBackend } from '../support/reading.ts';
import { describeStore } from '../support/scan.ts';

const first = Date.parse('2026-06-01T12:00:00Z');

function goToDay(backend: TestBackend, day: number): void {
  backend.time = new Date(first + day * 86_400_000).toISOString();
}

/** Publishes on this day, and answers whether the feed was rendered ahead. */
async function rendersOn(backend: TestBackend, day: number): Promise<boolean> {
  goToDay(backend, day);
  await backend.put('storm', { title: `Day ${day}` });
  const before = await findDocumentHead(backend.store, 'news', 'rss');
  await announceStream({ ...readBackend(backend), oldFeedSeconds: 0 }, 'news');
  const after = await findDocumentHead(backend.store, 'news', 'rss');
  return after?.etag !== before?.etag;
}

test('renders a feed ahead for 30 days after it was asked for, and again once it is', async ({ backend }) => {
  const read = await openReading(backend);
  await backend.put('storm');
  await read('/rss.xml');

  const rendered = [await rendersOn(backend, 20), await rendersOn(backend, 29), await rendersOn(backend, 31)];
  await read('/rss.xml');
  rendered.push(await rendersOn(backend, 60));

  expect(rendered).toEqual([true, true, false, true]);
});

test('counts the 30 days anew for who reads in their second half', async ({ backend }) => {
  const read = await openReading(backend);
  await backend.put('storm');
  await read('/rss.xml');
  goToDay(backend, 16);
  await read('/rss.xml');

  expect([await rendersOn(backend, 45), await rendersOn(backend, 47)]).toEqual([true, false]);
});

test('writes nothing for who reads in their first half, nor ever for an unchanged poll', async ({
  backend,
}) => {
  const read = await openReading(backend);
  await backend.put('storm');
  const etag = (await read('/rss.xml')).headers.get('etag') ?? '';
  const before = await describeStore(backend.store);

  goToDay(backend, 14);
  const full = await read('/rss.xml');
  goToDay(backend, 29);
  const unchanged = await read('/rss.xml', { 'If-None-Match': etag });

  expect([full.status, unchanged.status]).toEqual([200, 304]);
  expect(await describeStore(backend.store)).toEqual(before);
});

test('takes a document of which nobody noted when it was asked for as one that just was', async ({
  backend,
}) => {
  await backend.put('storm');
  const old = { etag: 'W/"old"', lastModified: '2026-05-01T00:00:00.000Z', text: 'old' };
  await keepDocument(backend.store, 'news', 'rss', old, undefined);

  expect([await rendersOn(backend, 0), await rendersOn(backend, 31)]).toEqual([true, false]);
});
