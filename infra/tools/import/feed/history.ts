import { setTimeout as pause } from 'node:timers/promises';
import { findLinkedFeed } from '../../../../functions/pull/feed-html.ts';
import { type Feed, InvalidFeedError } from '../../../../functions/pull/feed-item.ts';
import { decodeFeed } from '../../../../functions/pull/feed-text.ts';
import { feedTypes } from '../../../../functions/pull/pull-source.ts';
import { readFeed } from '../../../../functions/pull/read-feed.ts';
import { type Fetched, retryAfter, safeFetch } from '../../../../functions/pull/safe-fetch.ts';
import { FetchError, type Network } from '../../../../functions/pull/send-request.ts';
import { CommandError } from '../../command.ts';

export interface Page {
  url: string;
  /** Or why there is none. */
  feed: Feed | string;
}

const mostPages = 5000;
const maxBytes = 50_000_000;
const tries = 3;
const longestPause = 60_000;

/**
 * The documents of a feed, the newest first: those that each names as older (RFC 5005, next_url), and of WordPress those behind `?paged=`. The
 * address may be that of a web page that names a feed. Ends at 5,000 pages. Throws CommandError if the first cannot be read.
 */
export async function* readHistory(
  address: string,
  network: Partial<Network> | undefined,
): AsyncGenerator<Page> {
  let [url, feed] = await readFirst(address, network);
  yield { url, feed };
  const asked = new Set([address, url]);
  for (let page = 2; ; page++) {
    const paged = feed.older ?? pagedAddress(url, page, feed);
    if (paged === undefined || asked.has(paged)) return;
    if (page > mostPages) {
      yield { url: paged, feed: `it stands behind the ${mostPages} pages that are asked for` };
      return;
    }
    asked.add(paged);
    try {
      const answer = await ask(paged, network);
      // WordPress ends so.
      if (answer.status === 404 && feed.older === undefined) return;
      const next = read(assertAnswered(answer));
      yield { url: paged, feed: next };
      if (next.items.length === 0) return;
      feed = { ...next, generator: next.generator ?? feed.generator };
    } catch (error) {
      if (!isTheirs(error)) throw error;
      yield { url: paged, feed: error.message };
      // What is older only this page would have said.
      if (feed.older !== undefined) return;
    }
  }
}

/** Undefined unless WordPress made the feed. */
function pagedAddress(first: string, page: number, { generator = '' }: Feed): string | undefined {
  if (!/wordpress/i.test(generator)) return undefined;
  const url = new URL(first);
  url.searchParams.set('paged', String(page));
  return url.href;
}

async function readFirst(address: string, network: Partial<Network> | undefined): Promise<[string, Feed]> {
  try {
    const answer = assertAnswered(await ask(address, network));
    try {
      return [answer.url, read(answer)];
    } catch (error) {
      if (!(error instanceof InvalidFeedError)) throw error;
      const linked = findLinkedFeed(decodeFeed(answer.body, typeOf(answer)), answer.url);
      if (linked === undefined || linked === answer.url) throw error;
      const named = assertAnswered(await ask(linked, network));
      return [named.url, read(named)];
    }
  } catch (error) {
    throw isTheirs(error) ? new CommandError(`${address}: ${error.message}`) : error;
  }
}

/** Asked again where the answer may be another the next time. */
async function ask(address: string, network: Partial<Network> | undefined): Promise<Fetched> {
  for (let tried = 1; ; tried++) {
    const isLast = tried === tries;
    const answer = await safeFetch(address, {
      from: new URL(address).origin,
      network,
      milliseconds: 60_000,
      maxBytes,
      headers: { accept: feedTypes },
    }).catch((error) => {
      if (isLast || !(error instanceof FetchError)) throw error;
      return undefined;
    });
    if (answer && (isLast || (answer.status !== 429 && answer.status < 500))) return answer;
    await pause(Math.min(longestPause, retryAfter(answer?.headers, Date.now())));
  }
}

function assertAnswered(answer: Fetched): Fetched {
  if (answer.status !== 200) throw new FetchError(`${new URL(answer.url).host} answers ${answer.status}`);
  return answer;
}

function read(answer: Fetched): Feed {
  return readFeed(answer.body, {
    contentType: typeOf(answer),
    url: answer.url,
    mostItems: Number.POSITIVE_INFINITY,
    maxBytes,
  });
}

function typeOf({ headers }: Fetched): string | undefined {
  return headers.get('content-type') ?? undefined;
}

function isTheirs(error: unknown): error is Error {
  return error instanceof FetchError || error instanceof InvalidFeedError;
}
