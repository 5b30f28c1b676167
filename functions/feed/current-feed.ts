import { createHash } from 'node:crypto';
import { archiveFeedPath, type FeedFormat, feedPath, writeCursor } from '../article/addresses.ts';
import { monthOf } from '../article/calendar.ts';
import { type BriefCard, type Position, positionOf, readBriefCards } from '../store/cards.ts';
import { readTombstones } from '../store/tombstones.ts';
import type { FeedBackend } from './backend.ts';
import type { FeedInput } from './feed-content.ts';
import { findStreamCards } from './stream-cards.ts';

export const maxEntries = 20;
const maxTombstones = 20;

/** What a document of a feed holds now. Its ETag is known before any article is read. */
export interface FeedSnapshot extends Omit<FeedInput, 'articles'> {
  format: FeedFormat;
  cards: BriefCard[];
  etag: string;
  /** Seconds until the next known change, at most 300. */
  maxAge: number;
  /** How long the edge may keep it besides. */
  edgeSeconds?: number | undefined;
}

/** One query of cards, and one of tombstones for Atom; undefined for a stream that never had an article. */
export async function findCurrentFeed(
  backend: FeedBackend,
  stream: string,
  format: FeedFormat,
): Promise<FeedSnapshot | undefined> {
  const now = backend.now();
  // A hub fetches the feed as soon as it is told of a change, and passes on what it gets: that must not be the old one.
  const consistent = backend.context.site.hubs.length > 0;
  const [found, tombstones] = await Promise.all([
    // One card more than the feed shows: whether there is an older document, and where it begins.
    findStreamCards(backend, readBriefCards, { stream, limit: maxEntries + 1, now, consistent }),
    format === 'atom' ? readTombstones(backend.store, stream, { now, limit: maxTombstones, consistent }) : [],
  ]);
  if (!found) return undefined;
  const { label, maxAge } = found;
  const cards = found.cards.slice(0, maxEntries);
  const next = found.cards[maxEntries];
  const older = next && pathBefore(backend, stream, format, cards, next);
  return withEtag(backend, { stream, format, label, cards, tombstones, older, maxAge });
}

/** Adds the ETag: a hash of all that the document would be rendered from. */
export function withEtag({ rendering }: FeedBackend, feed: Omit<FeedSnapshot, 'etag'>): FeedSnapshot {
  const { stream, format, label, cards, tombstones, older, part } = feed;
  const versions = cards.map(({ id, version }) => [id, version]);
  const content = [rendering, stream, format, label, versions, tombstones, older, part];
  const hash = createHash('sha256').update(JSON.stringify(content)).digest('base64url').slice(0, 27);
  return { ...feed, etag: `W/"${hash}"` };
}

/** The page of a JSON Feed with what is older than a place. */
export function pagePath(stream: string, before: Position): string {
  return `${feedPath(stream, 'json')}?before=${writeCursor(before)}`;
}

// An archive document must never change. Nothing is added to a month that is over, so its plain address will do. While a month goes on,
// the address names the place behind the feed's last entry, and the document holds only what is older.
function pathBefore(
  { context }: FeedBackend,
  stream: string,
  format: FeedFormat,
  cards: BriefCard[],
  next: BriefCard,
) {
  const { timeZone } = context.site;
  const [newest = next] = cards;
  const last = positionOf(cards.at(-1) ?? next);
  if (format === 'json') return pagePath(stream, last);
  const month = monthOf(next.publishedAt, timeZone);
  const path = archiveFeedPath(stream, month, format);
  const isOver = month !== monthOf(newest.publishedAt, timeZone);
  return isOver ? path : `${path}?before=${writeCursor(last)}`;
}
