import { correctionsStream } from '../article/corrections.ts';
import { newsStream, streamsOf } from '../article/stream-name.ts';
import { type BriefCard, type CardQuery, positionOf, readCards } from '../store/cards.ts';
import type { Store } from '../store/connection.ts';
import { findStreamLabel } from '../store/streams.ts';
import type { Backend } from './backend.ts';

/** Seconds that readers and caches may keep a list or feed if no embargo ends sooner. */
const longestMaxAge = 300;

export interface StreamCards<Found> {
  /** The stream's name as people write it. */
  label: string;
  cards: Found[];
  /** Seconds until the next known change of the list. */
  maxAge: number;
}

/**
 * The newest visible cards of a stream; undefined if it never had a visible article. The query also finds embargoes that end
 * within `longestMaxAge`, so that no cache outlives them.
 */
export async function findStreamCards<Found extends BriefCard>(
  { store }: Backend,
  read: (store: Store, query: CardQuery) => Promise<Found[]>,
  { stream, limit, now, consistent }: Pick<CardQuery, 'stream' | 'limit' | 'consistent'> & { now: string },
): Promise<StreamCards<Found> | undefined> {
  const horizon = new Date(Date.parse(now) + longestMaxAge * 1000).toISOString();
  const found = await read(store, { stream, upTo: horizon, limit, consistent });
  const coming = found.filter(({ publishedAt }) => publishedAt > now);
  const cards = found.slice(coming.length);
  const last = found.at(-1);
  if (coming.length > 0 && found.length === limit && last)
    cards.push(
      ...(await read(store, {
        stream,
        upTo: now,
        limit: coming.length,
        before: positionOf(last),
        consistent,
      })),
    );
  const label = await findLabel(store, stream, cards[0], now);
  if (label === undefined) return undefined;
  // If all cards are under embargo, one that ends sooner may not have been read.
  const maxAge = coming.length === limit ? 0 : secondsUntil(coming.at(-1), now);
  return { label, cards, maxAge };
}

/** Seconds until the next known change of a stream, at most 300. */
export async function findMaxAge({ store }: Backend, stream: string, now: string): Promise<number> {
  const horizon = new Date(Date.parse(now) + longestMaxAge * 1000).toISOString();
  const [next] = await readCards(store, { stream, upTo: horizon, after: `${now}$`, limit: 1 });
  return secondsUntil(next, now);
}

function secondsUntil(next: BriefCard | undefined, now: string): number {
  return next ? Math.floor((Date.parse(next.publishedAt) - Date.parse(now)) / 1000) : longestMaxAge;
}

/** A stream's name as its newest article writes it; of an empty stream, as its first article did. */
export async function findLabel(
  store: Backend['store'],
  stream: string,
  newest: BriefCard | undefined,
  now: string,
) {
  if (stream === newsStream || stream === correctionsStream) return stream;
  return (newest && streamsOf(newest).get(stream)) ?? (await findStreamLabel(store, stream, now));
}
