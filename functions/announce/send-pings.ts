import { absoluteUrl, type FeedFormat, feedPath } from '../article/addresses.ts';
import type { Backend } from '../feed/backend.ts';
import { count, logger } from '../runtime/log.ts';
import { type DuePings, finishDue } from '../store/due.ts';
import { postponePings } from '../store/pings.ts';
import { nextTry } from './due-time.ts';
import { pingHub } from './ping-hub.ts';

/** Rows at once, of up to three documents for each hub. */
const atOnce = 8;

/** How many of the rows are done, and how many are not. */
export interface Swept {
  done: number;
  failed: number;
}

/** A document told to a hub, as the row of its stream names it. */
export function pingsOf(formats: Iterable<FeedFormat>, hubs: string[]): string[] {
  return [...formats].flatMap((format) => hubs.map((hub) => `${format} ${hub}`));
}

/**
 * Tells hubs what they are owed, each row settled when its own answers are there. What has failed comes due again; so does, as it
 * is, what has no time to be begun before `until`, in milliseconds as performance.now tells them. Throws nothing.
 */
export async function sendPings(backend: Backend, rows: DuePings[], until: number): Promise<Swept> {
  const swept = { done: 0, failed: 0 };
  const waiting = rows.values();
  const worker = async () => {
    for (const due of waiting) {
      if (performance.now() > until) return;
      swept[(await settle(backend, due)) ? 'done' : 'failed'] += 1;
    }
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
  return swept;
}

/** Whether nothing is left of the row. */
async function settle(backend: Backend, due: DuePings): Promise<boolean> {
  try {
    const later = new Map<string, string[]>();
    const givenUp: string[] = [];
    const sent = [...due.pings].map(async (ping) => {
      const failure = await send(backend, due.stream, ping);
      if (!failure) return;
      const when = nextTry(due.since, backend.now(), failure.waitSeconds);
      if (when === undefined) givenUp.push(ping);
      else later.set(when, [...(later.get(when) ?? []), ping]);
    });
    await Promise.all(sent);
    if (later.size > 0) await postponePings(backend.store, due, later);
    else await finishDue(backend.store, due);
    if (givenUp.length > 0) {
      logger.error('Hubs were not told of a change for a day', { stream: due.stream, pings: givenUp });
      count({ pingsFailed: givenUp.length });
    }
    return later.size === 0;
  } catch (error) {
    logger.error('Pings could not be settled', { stream: due.stream, error: error as Error });
    return false;
  }
}

async function send({ context }: Backend, stream: string, ping: string) {
  const [format, hub = ''] = ping.split(' ') as [FeedFormat, string];
  // One that site.yaml names no more is owed nothing.
  if (!context.site.hubs.includes(hub)) return undefined;
  const failure = await pingHub(hub, absoluteUrl(feedPath(stream, format), context));
  if (failure) logger.warn('A hub was not told of a change', { hub, stream, format, reason: failure.reason });
  return failure;
}
