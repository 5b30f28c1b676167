import { type Position, positionOf, readCards } from '../store/cards.ts';
import type { Backend } from './backend.ts';
import { type CurrentFeed, maxEntries, pagePath, withEtag } from './current-feed.ts';
import { findLabel, findMaxAge } from './stream-cards.ts';

/** The page of a JSON Feed with what is older than a place; undefined for a stream that never had an article. */
export async function findFeedPage(
  backend: Backend,
  stream: string,
  before: Position,
): Promise<CurrentFeed | undefined> {
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
