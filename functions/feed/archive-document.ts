import { archiveFeedPath, writeCursor } from '../article/addresses.ts';
import type { Position } from '../store/cards.ts';
import { cutIntoParts, olderThan, partSize } from './archive-parts.ts';
import type { Backend } from './backend.ts';
import { type CurrentFeed, withEtag } from './current-feed.ts';
import { findNewerMonth, findOlderMonth, readMonth } from './months.ts';
import { findLabel, findMaxAge } from './stream-cards.ts';

export interface ArchiveAddress {
  stream: string;
  month: string;
  format: 'rss' | 'atom';
  /** Of a full part that others follow, from 1; the newest part has none. */
  number: number | undefined;
  /** Only what is older than this place: of it, the newest part too will never change. */
  before: Position | undefined;
}

/** An archive document, RFC 5005 §4; undefined where there is none. Its links lead to documents that never change, but for the feed. */
export async function findArchiveDocument(
  backend: Backend,
  address: ArchiveAddress,
): Promise<CurrentFeed | undefined> {
  const { stream, month, format, number, before } = address;
  const cards = await readMonth(backend, stream, month);
  const { full, newest } = cutIntoParts(before === undefined ? cards : olderThan(before, cards));
  const part = number === undefined ? newest : full[number - 1];
  if (!part?.[0]) return undefined;

  const place = number ?? full.length + 1;
  const now = backend.now();
  const [label, older, newer, maxAge] = await Promise.all([
    findLabel(backend.store, stream, part[0], now),
    findOlder(backend, address, place),
    // What was read up to a place goes on where it is today.
    findNewer(backend, address, before === undefined ? place + 1 : place, cutIntoParts(cards).full.length),
    findMaxAge(backend, stream, now),
  ]);
  if (label === undefined) return undefined;
  const own = archiveFeedPath(stream, month, format, number);
  const path = before === undefined ? own : `${own}?before=${writeCursor(before)}`;
  // The address of a month that goes on leads to another document once feeds lead there: no cache may hold what it was.
  const mayChange = number === undefined && before === undefined && newer === undefined;
  const document = { stream, format, label, cards: part, tombstones: [], older };
  return withEtag(backend, { ...document, part: { path, month, newer }, maxAge: mayChange ? 0 : maxAge });
}

async function findOlder(backend: Backend, { stream, month, format }: ArchiveAddress, place: number) {
  if (place > 1) return archiveFeedPath(stream, month, format, place - 1);
  const older = await findOlderMonth(backend, stream, month);
  return older && archiveFeedPath(stream, older, format);
}

/** The address of the part at this place of a month with so many full ones, or of what follows the month; undefined while it may change. */
async function findNewer(
  backend: Backend,
  { stream, month, format }: Pick<ArchiveAddress, 'stream' | 'month' | 'format'>,
  place: number,
  fullParts: number,
): Promise<string | undefined> {
  if (place <= fullParts) return archiveFeedPath(stream, month, format, place);
  const newer = await findNewerMonth(backend, stream, month);
  if (newer === undefined) return undefined;
  if (place === fullParts + 1) return archiveFeedPath(stream, month, format);
  const cards = await readMonth(backend, stream, newer, partSize + 1);
  return findNewer(backend, { stream, month: newer, format }, 1, cutIntoParts(cards).full.length);
}
