import { archiveFeedPath, writeCursor } from '../article/addresses.ts';
import type { Card } from '../article/article.ts';
import { type Position, positionOf, readCards } from '../store/cards.ts';
import type { FeedBackend } from './backend.ts';
import { type FeedSnapshot, maxEntries, pagePath, withEtag } from './current-feed.ts';
import type { Months } from './directories.ts';
import {
  findKeptMonths,
  findNewerMonth,
  findOlderMonth,
  findPartStarts,
  mostInMonth,
  partSize,
  visibleMonth,
} from './months.ts';
import { findLabel, findMaxAge } from './stream-cards.ts';

/** How long the edge keeps a document that will not change: a correction shows there no later. */
const daySeconds = 86_400;

export interface ArchiveAddress {
  stream: string;
  month: string;
  format: 'rss' | 'atom';
  /** Of a full part, from 1. The newest part has none. */
  number: number | undefined;
  /** Only what is older than this place. With it even the newest part never changes. */
  before: Position | undefined;
}

/** An archive document, RFC 5005 §4; undefined where there is none. Its links lead to documents that never change, but for the feed. */
export async function findArchiveDocument(
  backend: FeedBackend,
  address: ArchiveAddress,
): Promise<FeedSnapshot | undefined> {
  const { stream, month, format, number, before } = address;
  const kept = await findKeptMonths(backend, stream);
  const starts = await findPartStarts(backend, kept, stream, month);
  const { place, cards } = await readPart(backend, address, starts);
  if (!cards[0]) return undefined;

  const now = backend.now();
  const fullParts = Math.max(starts.length, place) - 1;
  const [label, older, newer, maxAge] = await Promise.all([
    findLabel(backend.store, stream, cards[0], now),
    findOlder(backend, address, place),
    // A document that ends at a place is continued by the part that this place is in today.
    findNewer(backend, { ...address, kept }, before === undefined ? place + 1 : place, fullParts),
    findMaxAge(backend, stream, now),
  ]);
  if (label === undefined) return undefined;
  const own = archiveFeedPath(stream, month, format, number);
  const path = before === undefined ? own : `${own}?before=${writeCursor(before)}`;
  // Feeds link to a month's plain address once it is over. Until then no cache may keep what is there: more will come.
  const mayChange = number === undefined && before === undefined && newer === undefined;
  const document = { stream, format, label, cards, tombstones: [], older };
  const lives = mayChange ? { maxAge: 0 } : { maxAge, edgeSeconds: daySeconds };
  return withEtag(backend, { ...document, part: { path, month, newer }, ...lives });
}

/** The cards of a part, and which one of its month it is. */
async function readPart(
  backend: FeedBackend,
  { stream, month, number, before }: ArchiveAddress,
  starts: Position[],
): Promise<{ place: number; cards: Card[] }> {
  const { since, upTo } = visibleMonth(backend, month);
  const older = before === undefined ? starts : starts.filter((start) => start < before);
  if (number !== undefined) {
    const [start, next] = older.slice(number - 1);
    if (next === undefined) return { place: number, cards: [] };
    const part = { stream, upTo, since: start, before: next, limit: partSize };
    return { place: number, cards: await readCards(backend.store, part) };
  }
  const tail = { stream, upTo, since: older.at(-1) ?? since, before, limit: mostInMonth };
  // More than one part if the kept row does not know the newest ones yet.
  const { full, newest } = cutIntoParts(await readCards(backend.store, tail));
  return { place: Math.max(1, older.length) + full.length, cards: newest };
}

async function findOlder(backend: FeedBackend, { stream, month, format }: ArchiveAddress, place: number) {
  if (place > 1) return archiveFeedPath(stream, month, format, place - 1);
  const older = await findOlderMonth(backend, stream, month);
  return older && archiveFeedPath(stream, older, format);
}

/** The address of the part at this place of a month, or of the first one after the month; undefined while that may change. */
async function findNewer(
  backend: FeedBackend,
  {
    stream,
    month,
    format,
    kept,
  }: Pick<ArchiveAddress, 'stream' | 'month' | 'format'> & { kept: Months | undefined },
  place: number,
  fullParts: number,
): Promise<string | undefined> {
  if (place <= fullParts) return archiveFeedPath(stream, month, format, place);
  const newer = await findNewerMonth(backend, stream, month);
  if (newer === undefined) return undefined;
  if (place === fullParts + 1) return archiveFeedPath(stream, month, format);
  const starts = await findPartStarts(backend, kept, stream, newer);
  return findNewer(backend, { stream, month: newer, format, kept }, 1, starts.length - 1);
}

/** A month as its archive documents hold it, each the newest first. */
interface ArchiveParts {
  /** Parts that others follow: full, the oldest first, and never to change. */
  full: Card[][];
  /** The rest, 1 to 100; empty only if there are no cards at all. */
  newest: Card[];
}

/** Cuts cards, given the newest first, from the oldest on, so that whatever follows leaves the full parts as they are. */
export function cutIntoParts(cards: Card[]): ArchiveParts {
  const count = Math.max(0, Math.ceil(cards.length / partSize) - 1);
  const end = (index: number) => cards.length - index * partSize;
  return {
    full: Array.from({ length: count }, (_, index) => cards.slice(end(index + 1), end(index))),
    newest: cards.slice(0, end(count)),
  };
}

/** The page of a JSON Feed with what is older than a place; undefined for a stream that never had an article. */
export async function findJsonPage(
  backend: FeedBackend,
  stream: string,
  before: Position,
): Promise<FeedSnapshot | undefined> {
  const now = backend.now();
  const [found, maxAge] = await Promise.all([
    readCards(backend.store, { stream, upTo: now, limit: maxEntries + 1, before }),
    findMaxAge(backend, stream, now),
  ]);
  const cards = found.slice(0, maxEntries);
  const label = await findLabel(backend.store, stream, cards[0], now);
  if (label === undefined) return undefined;
  const last = cards.at(-1);
  const older = last && found.length > maxEntries ? pagePath(stream, positionOf(last)) : undefined;
  const part = { path: pagePath(stream, before) };
  return withEtag(backend, { stream, format: 'json', label, cards, tombstones: [], older, part, maxAge });
}
