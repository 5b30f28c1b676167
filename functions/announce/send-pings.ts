import { type FeedFormat, feedPath } from '../article/addresses.ts';
import { absoluteUrl } from '../article/site-context.ts';
import { type FetchOptions, retryAfter, safePost } from '../pull/safe-fetch.ts';
import { count, logger } from '../runtime/log.ts';
import { type DuePings, finishDue, postponePings } from '../store/due.ts';
import type { AnnounceBackend } from './announce-stream.ts';

/** Rows at once, each with up to three pings per hub. */
const concurrentRows = 8;
const pingMilliseconds = 5_000;
const minuteMilliseconds = 60_000;
const hourMilliseconds = 60 * minuteMilliseconds;

/** Rows finished, and rows that stay due. */
export interface SweepResult {
  done: number;
  failed: number;
}

/** Why a hub did not take a ping. */
export interface PingFailure {
  /** An HTTP status, or why there was none. */
  reason: string;
  /** The hub's Retry-After, or 0. */
  waitSeconds: number;
}

/** One ping per format and hub, as the due row of the stream stores it. */
export function pingsOf(formats: Iterable<FeedFormat>, hubs: string[]): string[] {
  return [...formats].flatMap((format) => hubs.map((hub) => `${format} ${hub}`));
}

/** The first full minute at least `seconds` after `now`: all that is due within a minute is done together. */
export function dueTime(now: string, seconds: number): string {
  return roundUp(Date.parse(now) + seconds * 1000, minuteMilliseconds);
}

/**
 * When to retry what has been failing since `since`: after about as long again, within a minute and an hour, and not before
 * `askedSeconds`, of which an hour counts at most. Undefined after a day of failures. Times are rounded up to a multiple of
 * the wait, so that old failures come due together.
 */
export function nextTry(since: string, now: string, askedSeconds = 0): string | undefined {
  const age = Date.parse(now) - Date.parse(since);
  if (age >= 24 * hourMilliseconds) return undefined;
  const minutes = Math.max(1, age / minuteMilliseconds);
  const wait = Math.min(hourMilliseconds, minuteMilliseconds * 2 ** Math.floor(Math.log2(minutes)));
  const earliest = Math.min(hourMilliseconds, Math.max(minuteMilliseconds, askedSeconds * 1000));
  return roundUp(Date.parse(now) + earliest, wait);
}

function roundUp(time: number, step: number): string {
  return new Date(Math.ceil(time / step) * step).toISOString();
}

/**
 * Sends the pings of these rows. Failed ones are queued again; rows not begun by `until`, a time of performance.now, stay due.
 * Never throws.
 */
export async function sendPings(
  backend: AnnounceBackend,
  rows: DuePings[],
  until: number,
): Promise<SweepResult> {
  const result = { done: 0, failed: 0 };
  const waiting = rows.values();
  const worker = async () => {
    for (const row of waiting) {
      if (performance.now() > until) return;
      result[(await sendRow(backend, row)) ? 'done' : 'failed'] += 1;
    }
  };
  await Promise.all(Array.from({ length: concurrentRows }, worker));
  return result;
}

/** Whether nothing of the row stays due. */
async function sendRow(backend: AnnounceBackend, row: DuePings): Promise<boolean> {
  try {
    const later = new Map<string, string[]>();
    const givenUp: string[] = [];
    const sent = [...row.pings].map(async (ping) => {
      const failure = await sendPing(backend, row.stream, ping);
      if (!failure) return;
      const when = nextTry(row.since, backend.now(), failure.waitSeconds);
      if (when === undefined) givenUp.push(ping);
      else later.set(when, [...(later.get(when) ?? []), ping]);
    });
    await Promise.all(sent);
    if (later.size > 0) await postponePings(backend.store, row, later);
    else await finishDue(backend.store, row);
    if (givenUp.length > 0) {
      logger.error('Hubs were not told of a change for a day', { stream: row.stream, pings: givenUp });
      count({ pingsFailed: givenUp.length });
    }
    return later.size === 0;
  } catch (error) {
    logger.error('Pings could not be settled', { stream: row.stream, error: error as Error });
    return false;
  }
}

async function sendPing({ context, network }: AnnounceBackend, stream: string, ping: string) {
  const [format, hub = ''] = ping.split(' ') as [FeedFormat, string];
  // Skip hubs removed from site.yaml.
  if (!context.site.hubs.includes(hub)) return undefined;
  const options = { from: context.baseUrl, milliseconds: pingMilliseconds, network };
  const failure = await pingHub(hub, absoluteUrl(feedPath(stream, format), context), options);
  if (failure) logger.warn('A hub was not told of a change', { hub, stream, format, reason: failure.reason });
  return failure;
}

/**
 * Tells a hub that the document at `topic` has changed. WebSub leaves the request to hub and publisher: Google's and
 * Superfeedr's hubs read hub.url, Switchboard reads hub.topic. A redirect is a failure: the feeds send subscribers to the same
 * outdated address, so the owner must correct it.
 */
export async function pingHub(
  hub: string,
  topic: string,
  options: FetchOptions,
): Promise<PingFailure | undefined> {
  const form = new URLSearchParams({ 'hub.mode': 'publish', 'hub.url': topic, 'hub.topic': topic });
  try {
    const { status, headers } = await safePost(hub, form, options);
    return status >= 200 && status < 300
      ? undefined
      : { reason: String(status), waitSeconds: retryAfter(headers, Date.now()) / 1000 };
  } catch (error) {
    return { reason: (error as Error).message, waitSeconds: 0 };
  }
}
