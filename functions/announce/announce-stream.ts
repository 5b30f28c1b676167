import type { AnnouncingDesk } from '../feed/desk.ts';
import type { DuePings } from '../store/due.ts';
import { owePings } from '../store/pings.ts';
import { dueTime } from './due-time.ts';
import { findKeptFeeds, type KeptFeeds, refreshFeeds } from './refresh-feeds.ts';
import { pingsOf } from './send-pings.ts';

/**
 * Renders a changed stream's feeds ahead and owes hubs the pings, from before the first is rendered until each is sent.
 * Answers them if they can be sent at once; others wait for the sweep, and so do these if nobody sends them.
 */
export async function announceStream(desk: AnnouncingDesk, stream: string): Promise<DuePings[]> {
  const kept = await findKeptFeeds(desk, stream);
  const owed = await owe(desk, stream, kept);
  await refreshFeeds(desk, stream, kept);
  return desk.oldFeedSeconds === 0 ? owed : [];
}

/** Of the documents that somebody asked for: nobody subscribes to one without reading it first. */
async function owe({ store, context, oldFeedSeconds, now }: AnnouncingDesk, stream: string, kept: KeptFeeds) {
  const pings = pingsOf(kept.keys(), context.site.hubs);
  const since = now();
  return pings.length > 0
    ? [await owePings(store, dueTime(since, oldFeedSeconds), { stream, pings, since })]
    : [];
}
