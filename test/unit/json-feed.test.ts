import { expect, test } from 'vitest';
import { renderJsonFeed } from '../../functions/feed/json-feed.ts';
import { context, richStream } from '../fixtures/samples.ts';
import { rfc3339 } from './read-feeds.ts';

const feed = JSON.parse(renderJsonFeed(richStream, context));

test('is of version 1.1 and knows its own address', () => {
  expect(feed.version).toBe('https://jsonfeed.org/version/1.1');
  expect(feed.feed_url).toBe('https://news.example.com/tag/%E4%BA%91%E8%AE%A1%E7%AE%97/feed.json');
});

test('has no singular author, which is of version 1.0', () => {
  const holders: object[] = [feed, ...feed.items];

  expect(holders.filter((holder) => 'author' in holder)).toEqual([]);
});

test('has items with unique ids, dates of RFC 3339 and a content', () => {
  const items: Record<string, string>[] = feed.items;

  expect(new Set(items.map(({ id }) => id)).size).toBe(3);
  for (const item of items) {
    expect([item.date_published, item.date_modified]).toEqual([
      expect.stringMatching(rfc3339),
      expect.stringMatching(rfc3339),
    ]);
    expect(item.content_html).toMatch(/^</);
  }
});
