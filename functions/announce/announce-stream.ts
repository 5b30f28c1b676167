import type { AnnounceBackend } from '../feed/backend.ts';
import type { DuePings } from '../store/due.ts';
import { owePings } from '../store/pings.ts';
import { dueTime } from './due-time.ts';
import { findKeptFeeds, type KeptFeeds, refreshFeeds } from './refresh-feeds.ts';
import { pingsOf } from './send-pings.ts';

/**
 * Renders a changed stream's feeds ahead and owes hubs the pings, from before the first is rendered until each is sent.
 * Answers them if they can be sent at once; others wait for the sweep, and so do these if nobody sends them.
 */
export async function announceStream(backend: AnnounceBackend, stream: string): Promise<DuePings[]> {
  const kept = await findKeptFeeds(backend, stream);
  const owed = await owe(backend, stream, kept);
  await refreshFeeds(backend, stream, kept);
  return backend.oldFeedSeconds === 0 ? owed : [];
}

/** Of the documents that somebody asked for: nobody subscribes to one without reading it first. */
async function owe(
  { store, context, oldFeedSeconds, now }: AnnounceBackend,
  stream: string,
  kept: KeptFeeds,
) {
  const pings = pingsOf(kept.keys(), context.site.hubs);
  const since = now();
  return pings.length > 0
    ? [await owePings(store, dueTime(since, oldFeedSeconds), { stream, pings, since })]
    : [];
}
