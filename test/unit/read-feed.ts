import { type Feed, type FeedItem, InvalidFeedError } from '../../functions/pull/feed-item.ts';
import { readFeed } from '../../functions/pull/read-feed.ts';

export const feedUrl = 'https://upstream.example/feed.xml';

/** What is read of a feed that upstream serves as text in UTF-8, or as bytes. */
export function read(feed: string | Uint8Array, contentType?: string): Feed {
  const bytes = typeof feed === 'string' ? new TextEncoder().encode(feed) : feed;
  return readFeed(bytes, { contentType, url: feedUrl });
}

export function readItem(feed: string | Uint8Array, contentType?: string): FeedItem {
  const { items } = read(feed, contentType);
  const [only] = items;
  if (!only || items.length > 1) throw new Error(`${items.length} items instead of one`);
  return only;
}

/** The sentence with which a feed is refused. */
export function refusal(feed: string | Uint8Array, contentType?: string): string | undefined {
  try {
    read(feed, contentType);
    return undefined;
  } catch (error) {
    if (error instanceof InvalidFeedError) return error.message;
    throw error;
  }
}

export function rss(
  items: string,
  channel = '<title>Upstream</title><link>https://upstream.example/</link>',
): string {
  return `<?xml version="1.0" encoding="utf-8"?><rss version="2.0"><channel>${channel}${items}</channel></rss>`;
}

export function atom(entries: string, attributes = ''): string {
  return `<feed xmlns="http://www.w3.org/2005/Atom" ${attributes}><title>Upstream</title>${entries}</feed>`;
}
