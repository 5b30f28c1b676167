import { createHash } from 'node:crypto';
import type { Card } from '../article/article.ts';
import type { FeedFormat } from '../publish/addresses.ts';
import { findDocumentHead } from '../store/feed-document.ts';
import { type GoneEntry, readTombstones } from '../store/tombstones.ts';
import type { Desk } from './desk.ts';
import { findStreamCards } from './stream-cards.ts';

const maxEntries = 20;
const maxTombstones = 20;

/** A feed as it is now: known by its validator before anything is read or rendered of it. */
export interface CurrentFeed {
  stream: string;
  format: FeedFormat;
  label: string;
  cards: Card[];
  tombstones: GoneEntry[];
  etag: string;
  /** Seconds until the next known change, at most five minutes. */
  maxAge: number;
}

/** One query of cards, and one of tombstones for Atom; undefined for a stream that never had an article. */
export async function findCurrentFeed(
  desk: Desk,
  stream: string,
  format: FeedFormat,
): Promise<CurrentFeed | undefined> {
  const now = desk.now();
  // A hub comes at once when it is told of a change, and passes on what it gets.
  const consistent = desk.context.site.hubs.length > 0;
  const [found, tombstones] = await Promise.all([
    findStreamCards(desk, stream, { limit: maxEntries, now, consistent }),
    format === 'atom' ? readTombstones(desk.store, stream, { now, limit: maxTombstones, consistent }) : [],
  ]);
  if (!found) return undefined;
  const { label, cards, maxAge } = found;
  const content = [
    desk.edition,
    stream,
    format,
    label,
    cards.map(({ id, version }) => [id, version]),
    tombstones,
  ];
  const hash = createHash('sha256').update(JSON.stringify(content)).digest('base64url').slice(0, 27);
  return { stream, format, label, cards, tombstones, maxAge, etag: `W/"${hash}"` };
}

/** Of the kept document when it is the current one; undefined means that the feed has to be rendered. */
export async function findCurrentHead(desk: Desk, feed: CurrentFeed) {
  const head = await findDocumentHead(desk.store, feed.stream, feed.format);
  return { previous: head, current: head?.etag === feed.etag ? head : undefined };
}
