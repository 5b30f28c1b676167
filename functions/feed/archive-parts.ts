import type { Card } from '../article/article.ts';
import { type Position, positionOf } from '../store/cards.ts';

export const partSize = 100;

/** A month as its archive documents hold it, each the newest first. */
interface ArchiveParts {
  /** Parts that others follow: full, the oldest first, and never to change. */
  full: Card[][];
  /** The rest, 1 to 100; empty only when all is. */
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

export function olderThan(place: Position, cards: Card[]): Card[] {
  return cards.filter((card) => positionOf(card) < place);
}
