import { type FeedFormat, feedFormats } from '../publish/addresses.ts';
import { findCurrentFeed, findCurrentHead, requireDocument } from './current-feed.ts';
import type { Desk } from './desk.ts';

/**
 * Renders anew the stream's documents that somebody asked for before, so that no poll has to wait for it. A document that is
 * not refreshed is still never served stale: every poll computes the validator itself.
 */
export async function refreshFeeds(desk: Desk, stream: string): Promise<void> {
  for (const format of Object.keys(feedFormats) as FeedFormat[]) {
    const feed = await findCurrentFeed(desk, stream, format);
    if (!feed) continue;
    const heads = await findCurrentHead(desk, feed);
    if (heads.previous && !heads.current) await requireDocument(desk, feed, heads);
  }
}
