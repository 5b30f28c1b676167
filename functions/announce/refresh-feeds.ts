import { type FeedFormat, feedFormats } from '../article/addresses.ts';
import type { Backend } from '../feed/backend.ts';
import { findCurrentFeed } from '../feed/current-feed.ts';
import { renderDocument } from '../feed/feed-document.ts';
import { type DocumentHead, findDocumentHead } from '../store/feed-document.ts';

/** The stream's documents that somebody asked for before, however long ago: hubs are told of each of them. */
export type KeptFeeds = Map<FeedFormat, DocumentHead>;

export async function findKeptFeeds({ store }: Backend, stream: string): Promise<KeptFeeds> {
  const kept: KeptFeeds = new Map();
  for (const format of Object.keys(feedFormats) as FeedFormat[]) {
    const head = await findDocumentHead(store, stream, format);
    if (head) kept.set(format, head);
  }
  return kept;
}

/**
 * Renders anew the stream's documents that somebody asked for of late, so that no poll has to wait for it. A document that is
 * not refreshed is still never served stale: every poll computes the validator itself.
 */
export async function refreshFeeds(backend: Backend, stream: string, kept: KeptFeeds): Promise<void> {
  for (const [format, previous] of kept) {
    const { etag, wantedUntil } = previous;
    // Who asked for every feed once would otherwise have made each publication dearer for good.
    if (wantedUntil !== undefined && wantedUntil <= backend.now()) continue;
    const feed = await findCurrentFeed(backend, stream, format);
    if (feed && feed.etag !== etag)
      await renderDocument(backend, feed, { previous, current: undefined }, wantedUntil);
  }
}
