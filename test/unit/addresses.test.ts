import { expect, test } from 'vitest';
import { feedPath, readCursor, streamPath, writeCursor } from '../../functions/article/addresses.ts';

test.each([
  ['news', '/news', '/rss.xml', '/atom.xml', '/feed.json'],
  ['tag/ai', '/tag/ai', '/tag/ai/rss.xml', '/tag/ai/atom.xml', '/tag/ai/feed.json'],
  [
    'tag/云计算',
    '/tag/%E4%BA%91%E8%AE%A1%E7%AE%97',
    '/tag/%E4%BA%91%E8%AE%A1%E7%AE%97/rss.xml',
    '/tag/%E4%BA%91%E8%AE%A1%E7%AE%97/atom.xml',
    '/tag/%E4%BA%91%E8%AE%A1%E7%AE%97/feed.json',
  ],
])('the stream %s and its feeds have their addresses', (stream, page, rss, atom, json) => {
  expect(streamPath(stream)).toBe(page);
  expect([feedPath(stream, 'rss'), feedPath(stream, 'atom'), feedPath(stream, 'json')]).toEqual([
    rss,
    atom,
    json,
  ]);
});

test('a cursor is read as the position it was written from', () => {
  const position = `2026-03-01T00:00:00.000Z#${'a'.repeat(100)}`;

  expect(writeCursor(position)).toMatch(/^[\w-]+$/);
  expect(readCursor(writeCursor(position))).toBe(position);
});

test.each([
  undefined,
  '',
  'x',
  writeCursor('2026-03-01T00:00:00.000Z'),
  writeCursor('2026-03-01T00:00:00.000Z#'),
  writeCursor('2026-03-01T00:00:00.000Z#A'),
  writeCursor(`2026-03-01T00:00:00.000Z#${'a'.repeat(101)}`),
  writeCursor('2026-03-01T00:00:00Z#a'),
])('the cursor %j is unreadable', (cursor) => {
  expect(readCursor(cursor)).toBeUndefined();
});
