import { type FeedFormat, feedFormats } from '../publish/addresses.ts';
import { findDocumentHead } from '../store/feed-document.ts';
import { findCurrentFeed } from './current-feed.ts';
import type { Desk } from './desk.ts';
import { renderDocument } from './feed-document.ts';

/**
 * Renders anew the stream's documents that somebody asked for before, so that no poll has to wait for it. A document that is
 * not refreshed is still never served stale: every poll computes the validator itself.
 */
export async function refreshFeeds(desk: Desk, stream: string): Promise<void> {
  for (const format of Object.keys(feedFormats) as FeedFormat[]) {
    const previous = await findDocumentHead(desk.store, stream, format);
    const feed = previous && (await findCurrentFeed(desk, stream, format));
    if (feed && feed.etag !== previous.etag)
      await renderDocument(desk, feed, { previous, current: undefined });
  }
}
