import { expect, test } from 'vitest';
import type { Card } from '../../functions/article/article.ts';
import { cutIntoParts } from '../../functions/feed/older-documents.ts';
import { positionOf } from '../../functions/store/cards.ts';
import { cardOf, plainArticle } from '../fixtures/samples.ts';

/** So many cards, the newest first, numbered from the oldest; ten of each moment. */
function cardsOf(count: number): Card[] {
  return Array.from({ length: count }, (_, index) => {
    const publishedAt = new Date(Date.UTC(2026, 2, 1) + Math.floor(index / 10) * 1000).toISOString();
    return { ...cardOf(plainArticle), publishedAt, slug: `a-${String(index).padStart(3, '0')}` };
  }).reverse();
}

function olderThan(place: string, cards: Card[]): Card[] {
  return cards.filter((card) => positionOf(card) < place);
}

function numberOf(card: Card | undefined): number {
  return Number(card?.slug.slice('a-'.length));
}

/** The place of the card with this number, among `cardsOf` any greater count. */
function placeOf(number: number): string {
  return positionOf(cardsOf(number + 1)[0] as Card);
}

test.each([
  [0, [], 0],
  [1, [], 1],
  [99, [], 99],
  [100, [], 100],
  [101, [100], 1],
  [200, [100], 100],
  [201, [100, 100], 1],
  [250, [100, 100], 50],
])('cuts %d cards into full parts of %j and a newest of %d', (count, full, newest) => {
  const parts = cutIntoParts(cardsOf(count));

  expect([parts.full.map(({ length }) => length), parts.newest.length]).toEqual([full, newest]);
});

test('counts from the oldest, and keeps each part the newest first', () => {
  const { full, newest } = cutIntoParts(cardsOf(250));

  const ends = [...full, newest].map((part) => [numberOf(part[0]), numberOf(part.at(-1))]);
  expect(ends).toEqual([
    [99, 0],
    [199, 100],
    [249, 200],
  ]);
});

test.each([
  [0, 250, [], 0],
  [1, 250, [], 1],
  [100, 250, [], 100],
  [101, 250, [100], 1],
  [200, 201, [100], 100],
  [250, 250, [100, 100], 50],
])('has before card %d of %d full parts of %j and a newest of %d', (before, count, full, newest) => {
  const cards = cardsOf(count);

  const parts = cutIntoParts(olderThan(placeOf(before), cards));

  expect([parts.full.map(({ length }) => length), parts.newest.length]).toEqual([full, newest]);
  // Those that are full are so in the whole month too, under the same numbers.
  expect(parts.full).toEqual(cutIntoParts(cards).full.slice(0, parts.full.length));
});

test('holds before a place the same cards, whatever follows', () => {
  const place = placeOf(120);
  const once = cutIntoParts(olderThan(place, cardsOf(150)));

  const later = cutIntoParts(olderThan(place, cardsOf(480)));

  expect(later).toEqual(once);
});
