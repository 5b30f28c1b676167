import type { FeedFormat } from '../article/addresses.ts';
import { type Backend, loadRendering } from '../feed/backend.ts';
import { findCurrentFeed } from '../feed/current-feed.ts';
import { keepRendered, renderDocument } from '../feed/feed-document.ts';
import type { FetchOptions } from '../pull/safe-fetch.ts';
import { requireSetting, setting } from '../runtime/environment.ts';
import { connectStore } from '../store/connection.ts';
import { type DuePings, queuePings } from '../store/due.ts';
import { type DocumentHead, findDocumentHeads } from '../store/stored-feed.ts';
import { dueTime, pingsOf } from './send-pings.ts';

export interface AnnounceBackend extends Backend {
  /** Seconds that a cache in front of the site may go on answering with the previous feed after a change. */
  oldFeedSeconds: number;
  /** Only tests give one. */
  network?: FetchOptions['network'];
}

/** The stored documents of a stream. A feed that nobody has ever read has no subscribers, so hubs are pinged for these only. */
type StoredFeeds = Map<FeedFormat, DocumentHead>;

export function openAnnounceBackend(): AnnounceBackend {
  return {
    store: connectStore(),
    ...loadRendering(),
    now: () => new Date().toISOString(),
    oldFeedSeconds: Number(requireSetting(setting.oldFeedSeconds)),
  };
}

/**
 * Renders a changed stream's feeds ahead. Queues the pings of its hubs before the first rendering, so that the sweep sends them
 * if nobody else does; returns those that may be sent at once.
 */
export async function announceStream(backend: AnnounceBackend, stream: string): Promise<DuePings[]> {
  const stored = await findDocumentHeads(backend.store, stream);
  const queued = await queueHubPings(backend, stream, stored);
  await refreshFeeds(backend, stream, stored);
  return backend.oldFeedSeconds === 0 ? queued : [];
}

async function queueHubPings(backend: AnnounceBackend, stream: string, stored: StoredFeeds) {
  const { store, context, oldFeedSeconds, now } = backend;
  const pings = pingsOf(stored.keys(), context.site.hubs);
  const since = now();
  return pings.length > 0
    ? [await queuePings(store, dueTime(since, oldFeedSeconds), { stream, pings, since })]
    : [];
}

/** Spares the next poll the rendering. Without it no feed is served stale: each poll computes the validator. */
async function refreshFeeds(backend: Backend, stream: string, stored: StoredFeeds): Promise<void> {
  for (const [format, previous] of stored) {
    const { etag, wantedUntil } = previous;
    // Feeds that nobody has read for long are not worth the cost.
    if (wantedUntil !== undefined && wantedUntil <= backend.now()) continue;
    const feed = await findCurrentFeed(backend, stream, format);
    if (!feed || feed.etag === etag) continue;
    const rendered = await renderDocument(backend, feed, previous);
    if (rendered) await keepRendered(backend, feed, rendered, { previous, wantedUntil });
  }
}
