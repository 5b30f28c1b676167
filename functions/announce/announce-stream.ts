import type { SiteContext } from '../article/site-context.ts';
import type { Backend } from '../feed/backend.ts';
import type { FetchOptions } from '../pull/safe-fetch.ts';
import { loadContext } from '../runtime/content.ts';
import { requireSetting, setting } from '../runtime/environment.ts';
import { connectStore } from '../store/connection.ts';
import { type DuePings, queuePings } from '../store/due.ts';
import { findReadFormats } from '../store/stored-feed.ts';
import { dueTime, pingsOf } from './send-pings.ts';

export interface AnnounceBackend extends Backend {
  /** Seconds that a cache in front of the site may go on answering with the previous feed after a change. */
  oldFeedSeconds: number;
  /** Only tests give one. */
  network?: FetchOptions['network'];
}

export function openAnnounceBackend(): AnnounceBackend {
  return {
    store: connectStore(),
    context: loadContext<SiteContext>(),
    now: () => new Date().toISOString(),
    oldFeedSeconds: Number(requireSetting(setting.oldFeedSeconds)),
  };
}

/**
 * Queues the pings of a changed stream's hubs, so that the sweep sends them if nobody else does; returns those that may be sent at once.
 * A feed that nobody has ever read has no subscribers. No feed is rendered here: its next poll does that, and each computes the validator.
 */
export async function announceStream(backend: AnnounceBackend, stream: string): Promise<DuePings[]> {
  const { store, context, oldFeedSeconds, now } = backend;
  const { hubs } = context.site;
  const pings = hubs.length > 0 ? pingsOf(await findReadFormats(store, stream), hubs) : [];
  if (pings.length === 0) return [];
  const since = now();
  const queued = await queuePings(store, dueTime(since, oldFeedSeconds), { stream, pings, since });
  return oldFeedSeconds === 0 ? [queued] : [];
}
