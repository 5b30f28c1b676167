import { createHash } from 'node:crypto';
import { dayOf } from '../article/calendar.ts';
import { count, logger } from '../runtime/log.ts';
import { keepSource, type SourceState } from '../store/sources.ts';
import type { Subscription } from '../store/subscriptions.ts';
import type { FollowedSource } from './article-of-item.ts';
import { type Feed, InvalidFeedError } from './feed-item.ts';
import { nextTry } from './next-try.ts';
import { readFeed } from './read-feed.ts';
import { type Fetched, safeFetch } from './safe-fetch.ts';
import { FetchError } from './send-request.ts';
import { type Desk, storeItems } from './store-items.ts';
import { findHub, keepSubscribed } from './subscribe.ts';
import { withdrawItems } from './withdraw-items.ts';

export interface PullBackend extends Desk {
  /** From 0 up to 1. */
  chance: () => number;
}

interface Run {
  /** The last one had not done all. */
  isGoingOn: boolean;
  until: number;
}

const minute = 60_000;
/** For a run that does not come to its end. */
const leaseMilliseconds = 5 * minute;
const mostSentences = 20;
const longestSentence = 1000;
const longestAddress = 2048;
/** Of a day, for each new article that it has room for: a source that always changes its texts must not be dear. */
const editsForEach = 5;
export const feedTypes =
  'application/atom+xml, application/rss+xml, application/feed+json, application/xml;q=0.9, application/json;q=0.9, */*;q=0.5';

/** Asks a source and stores what is new, if nobody else does at the time. `until` is a time of performance.now. */
export async function pullSource(
  backend: PullBackend,
  source: FollowedSource,
  {
    known,
    subscription,
    until,
  }: { known: SourceState | undefined; subscription?: Subscription | undefined; until: number },
): Promise<void> {
  const now = backend.now();
  const today = dayOf(now, backend.timeZone);
  const settings = createHash('sha256').update(JSON.stringify(source.follow)).digest('hex');
  const state: SourceState = {
    ...(known?.feed === source.feed ? known : begin(source, now)),
    // Under other settings the same document may hold more.
    ...(known?.settings !== settings && { etag: undefined, lastModified: undefined }),
    settings,
    lastTry: now,
    nextTry: after(now, leaseMilliseconds),
  };
  if (state.day !== today) Object.assign(state, { day: today, taken: 0, edited: 0 });
  if (!(await keepSource(backend.store, state, known))) return;
  const isGoingOn = known !== undefined && known.nextTry === known.lastTry;
  const ended = await askAndStore(backend, source, state, { isGoingOn, until });
  if (ended.wrong && isOverdue(ended, now)) count({ sourcesFailed: 1 });
  const isKept = await keepSource(backend.store, ended, state);
  if (isKept && ended.failures === 0 && performance.now() < until)
    await keepSubscribed(backend, ended, subscription);
}

function begin({ name, feed }: FollowedSource, now: string): SourceState {
  return {
    ...{ name, feed, settings: '', address: feed, followedSince: now, lastTry: now },
    ...{ failures: 0, leftOut: [], day: '', taken: 0, edited: 0, waiting: 0 },
  };
}

/** The state after a try. Throws nothing. */
async function askAndStore(
  backend: PullBackend,
  source: FollowedSource,
  state: SourceState,
  run: Run,
): Promise<SourceState> {
  let answer: Fetched | undefined;
  const next = (failures: number) =>
    new Date(
      nextTry({
        now: Date.parse(backend.now()),
        every: source.follow.every,
        failures,
        ...(answer && { headers: answer.headers }),
        chance: backend.chance(),
      }),
    ).toISOString();
  try {
    answer = await ask(backend, state);
    assertAnswered(answer, state);
    if (answer.status === 410)
      return {
        ...state,
        nextTry: undefined,
        hub: undefined,
        wrong:
          'The feed is gone for good (410). It is asked no more: give its new address in site.yaml, or take out follow.',
      };
    const movedTo = (answer.movedTo?.length ?? 0) > longestAddress ? undefined : answer.movedTo;
    // The next time it is believed: a redirect may be a slip.
    const place =
      movedTo === state.movedTo && movedTo ? { address: movedTo, movedTo: undefined } : { movedTo };
    const fine = { ...state, ...place, failures: 0, wrong: undefined, lastSuccess: state.lastTry };
    const told = { ...fine, nextTry: next(0) };
    if (answer.status === 304) return told;
    const feed = readFeed(answer.body, {
      contentType: answer.headers.get('content-type') ?? undefined,
      url: answer.url,
    });
    const stored = await store(backend, source, { state, answer, feed, ...run });
    return { ...told, hub: findHub(feed, answer), ...stored };
  } catch (error) {
    const isTheirs = error instanceof FetchError || error instanceof InvalidFeedError;
    if (!isTheirs) logger.error('A source was not pulled', { source: source.name, error: error as Error });
    return {
      ...state,
      // Where a redirect led may be gone again.
      address: source.feed,
      failures: state.failures + 1,
      wrong: isTheirs
        ? error.message.slice(0, longestSentence)
        : 'It could not be stored here: the log of pull-sources has the cause.',
      nextTry: next(state.failures + 1),
    };
  }
}

function ask({ baseUrl, network }: PullBackend, state: SourceState): Promise<Fetched> {
  const { address, etag, lastModified } = state;
  return safeFetch(address, {
    from: baseUrl,
    network,
    headers: {
      accept: feedTypes,
      ...(etag && { 'if-none-match': etag }),
      ...(lastModified && { 'if-modified-since': lastModified }),
    },
  });
}

/** Throws FetchError for any answer but 200, 410, and 304 if there was a condition. */
function assertAnswered({ status, url }: Fetched, { etag, lastModified }: SourceState): void {
  const isAsked = status === 304 && (etag ?? lastModified) !== undefined;
  if (status !== 200 && status !== 410 && !isAsked)
    throw new FetchError(`${new URL(url).host} answers ${status}`);
}

async function store(
  backend: PullBackend,
  source: FollowedSource,
  { state, answer, feed, isGoingOn, until }: Run & { state: SourceState; answer: Fetched; feed: Feed },
): Promise<Partial<SourceState>> {
  const isFirst = state.lastSuccess === undefined;
  const mayGoOn = () => performance.now() < until;
  const outcome = await storeItems(backend, source, feed.items, {
    most: Math.max(0, source.follow.most - state.taken),
    edits: Math.max(0, editsForEach * source.follow.most - state.edited),
    isFirst,
    skipped: state.skipped ?? [],
    mayGoOn,
  });
  const isWithdrawn = !source.follow.withdraw || (await withdrawItems(backend, source, feed, mayGoOn));
  const { created, updated, waiting, skipped } = outcome;
  count({ publishes: created + updated });
  const [taken, edited] = [state.taken + created, state.edited + updated];
  const said = [...(isGoingOn ? state.leftOut : []), ...feed.leftOut, ...outcome.leftOut];
  const leftOut = [...new Set(said.map((what) => what.slice(0, longestSentence)))].slice(0, mostSentences);
  if (outcome.isCut || !isWithdrawn)
    return { taken, edited, leftOut, lastSuccess: state.lastSuccess, nextTry: state.lastTry };
  // What waits is in the same document, so it has to come again.
  const validator = (name: string) => (waiting > 0 ? undefined : answer.headers.get(name)?.slice(0, 1000));
  return {
    taken,
    edited,
    waiting,
    skipped,
    leftOut,
    etag: validator('etag') ?? undefined,
    lastModified: validator('last-modified') ?? undefined,
  };
}

function isOverdue({ lastSuccess, followedSince, nextTry }: SourceState, now: string): boolean {
  return (
    nextTry === undefined || Date.parse(now) - Date.parse(lastSuccess ?? followedSince) > 24 * 60 * minute
  );
}

function after(now: string, milliseconds: number): string {
  return new Date(Date.parse(now) + milliseconds).toISOString();
}
