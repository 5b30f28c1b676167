import * as fc from 'fast-check';
import { expect } from 'vitest';
import { type CardQuery, positionOf, readCards, readNeighbours } from '../../functions/store/cards.ts';
import type { Store } from '../../functions/store/connection.ts';
import { findStreamLabel } from '../../functions/store/streams.ts';
import type { TestBackend } from '../support/backend.ts';
import { test } from '../support/backend-test.ts';
import { watchStore } from '../support/watched-store.ts';

/** Stores an article for each letter, a pair of letters sharing a time, `a` and `b` the oldest. */
async function putLetters(backend: TestBackend, letters: string): Promise<void> {
  const puts = [...letters].map((slug) => {
    const minute = String(Math.floor((slug.charCodeAt(0) - 97) / 2)).padStart(2, '0');
    return backend.put(slug, { publishedAt: `2026-05-01T08:${minute}:00Z`, tags: ['Letters'] });
  });
  await Promise.all(puts);
}

async function slugs(store: Store, query: Partial<CardQuery>): Promise<string> {
  const all = { stream: 'news', upTo: '2026-06-01T12:00:00.000Z', limit: 100 };
  return (await readCards(store, { ...all, ...query })).map(({ slug }) => slug).join('');
}

const minute = (number: number) => `2026-05-01T08:0${number}:00.000Z`;

test('lists the newest first, and equal times by their slugs', async ({ backend }) => {
  await putLetters(backend, 'cabd');

  expect(await slugs(backend.store, {})).toBe('dcba');
});

test.for<[string, Partial<CardQuery>, string]>([
  ['no more than asked for', { limit: 2 }, 'fe'],
  ['those before a place among equal times', { before: `${minute(1)}#d`, limit: 2 }, 'cb'],
  ['those after a place among equal times', { after: `${minute(1)}#c`, limit: 2 }, 'ed'],
  ['those between two places', { after: `${minute(0)}#a`, before: `${minute(2)}#e` }, 'dcb'],
  ['nothing before the oldest', { before: `${minute(0)}#a` }, ''],
  ['nothing after the newest', { after: `${minute(2)}#f` }, ''],
  ['those before a place that is empty by now', { before: `${minute(1)}#cc` }, 'cba'],
  ['those after a place that is empty by now', { after: `${minute(1)}#cc`, limit: 1 }, 'd'],
  ['nothing later than its bound', { upTo: minute(1) }, 'dcba'],
  ['nothing a millisecond later than its bound', { upTo: '2026-05-01T08:00:59.999Z' }, 'ba'],
  ['nothing after a place beyond its bound', { upTo: minute(0), after: `${minute(1)}#c` }, ''],
  ['those up to its bound before a place beyond it', { upTo: minute(0), before: `${minute(2)}#f` }, 'ba'],
  ['nothing between places in the wrong order', { after: `${minute(2)}#e`, before: `${minute(0)}#b` }, ''],
  ['nothing of a stream without cards', { stream: 'tag/none' }, ''],
])('reads %s', async ([, query, expected], { backend }) => {
  await putLetters(backend, 'abcdef');

  expect(await slugs(backend.store, query)).toBe(expected);
});

test('goes on reading until the page is full when DynamoDB answers in parts', async ({ backend }) => {
  await putLetters(backend, 'abcdef');
  const store = watchStore(backend.store, (command, input) => {
    if (command === 'Query') input.Limit = 2;
  });

  expect(await slugs(store, { limit: 5 })).toBe('fedcb');
  expect(await slugs(store, { limit: 4, after: `${minute(0)}#a` })).toBe('edcb');
});

test('loses and doubles no card from page to page, forwards and backwards', async ({ backend }) => {
  await putLetters(backend, 'abcdefghijk');
  const all = await readCards(backend.store, { stream: 'tag/letters', upTo: backend.time, limit: 100 });

  await fc.assert(
    fc.asyncProperty(fc.integer({ min: 1, max: 12 }), fc.nat({ max: 11 }), async (limit, visible) => {
      const shown = all.slice(visible);
      const upTo = shown[0]?.publishedAt ?? '2026-01-01T00:00:00.000Z';
      const expected = all.filter(({ publishedAt }) => publishedAt <= upTo);
      const query = { stream: 'tag/letters', upTo, limit };

      const older = [];
      for (let page = await readCards(backend.store, query); page.length > 0; ) {
        older.push(...page);
        const before = positionOf(page.at(-1) ?? { publishedAt: '', slug: '' });
        page = await readCards(backend.store, { ...query, before });
      }
      const newer = [];
      for (let page = await readCards(backend.store, { ...query, after: '0' }); page.length > 0; ) {
        newer.unshift(...page);
        const after = positionOf(page[0] ?? { publishedAt: '', slug: '' });
        page = await readCards(backend.store, { ...query, after });
      }

      expect(older).toEqual(expected);
      expect(newer).toEqual(expected);
    }),
    { numRuns: 20, seed: 2 },
  );
});

test.for<[string, string | undefined, string | undefined]>([
  ['a', undefined, 'b'],
  ['b', 'a', 'c'],
  ['d', 'c', 'e'],
  ['f', 'e', undefined],
])('finds the neighbours of %s', async ([slug, older, newer], { backend }) => {
  await putLetters(backend, 'abcdef');

  const { previous, next } = await readNeighbours(
    backend.store,
    'news',
    (await backend.read(slug)).article,
    backend.time,
  );

  expect([previous?.slug, next?.slug]).toEqual([older, newer]);
});

test('shows no neighbour before its time', async ({ backend }) => {
  const ahead = '2026-07-01T08:00:00.000Z';
  await putLetters(backend, 'a');
  await backend.put('b', { publishedAt: ahead });
  const { article } = await backend.read('a');

  const before = await readNeighbours(backend.store, 'news', article, '2026-07-01T07:59:59.999Z');
  const after = await readNeighbours(backend.store, 'news', article, ahead);

  expect([before.next?.slug, after.next?.slug]).toEqual([undefined, 'b']);
});

test.for([
  ['the beginning of a long summary', 'x'.repeat(281), `${'x'.repeat(279)}…`],
  ['280 characters of a summary', 'x'.repeat(280), 'x'.repeat(280)],
  ['no half of a character', `${'x'.repeat(275)}👨‍👩‍👧‍👦!`, `${'x'.repeat(275)}…`],
  ['the whole of a short summary', `${'x'.repeat(273)}👨‍👩‍👧‍👦`, `${'x'.repeat(273)}👨‍👩‍👧‍👦`],
] as const)('keeps %s in a card', async ([, summary, kept], { backend }) => {
  await backend.put('storm', { summary });

  const [card] = await readCards(backend.store, { stream: 'news', upTo: backend.time, limit: 1 });

  expect(card?.summary).toBe(kept);
});

test('knows a stream by its first label, from the publication of its first article', async ({ backend }) => {
  await backend.put('b', { tags: ['Letters'], publishedAt: '2026-07-02T08:00:00Z' });
  await backend.put('a', { tags: ['LETTERS'], publishedAt: '2026-07-01T08:00:00Z' });
  const label = (now: string) => findStreamLabel(backend.store, 'tag/letters', now);

  expect(await label('2026-07-01T07:59:59.999Z')).toBeUndefined();
  expect(await label('2026-07-01T08:00:00.000Z')).toBe('LETTERS');
});

test('knows no stream of a draft', async ({ backend }) => {
  await backend.put('a', { tags: ['Letters'], draft: true });

  expect(await findStreamLabel(backend.store, 'tag/letters', backend.time)).toBeUndefined();
});

test('still knows a stream whose articles are all gone', async ({ backend }) => {
  await backend.put('a', { tags: ['Letters'] });
  await backend.remove('a');

  expect(await findStreamLabel(backend.store, 'tag/letters', backend.time)).toBe('Letters');
  expect(await findStreamLabel(backend.store, 'tag/never', backend.time)).toBeUndefined();
});
