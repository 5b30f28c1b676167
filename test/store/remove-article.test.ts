import { expect } from 'vitest';
import { readCards } from '../../functions/store/cards.ts';
import { readListing } from '../../functions/store/listing.ts';
import { findArticle } from '../../functions/store/read-article.ts';
import { removeArticle } from '../../functions/store/remove-article.ts';
import { TakenError } from '../../functions/store/transaction.ts';
import { readViews } from '../../functions/store/views.ts';
import type { Fields, TestDesk } from '../support/desk.ts';
import { test } from '../support/desk-test.ts';
import { noise } from '../support/noise.ts';
import { describeStore } from '../support/scan.ts';

test('leaves an article that is gone, with its id and without its body', async ({ desk }) => {
  const { stored } = await desk.put('storm', { text: noise(480_000) });

  const removed = await desk.remove('storm');

  const { article, ...gone } = await desk.read('storm');
  expect(removed).toBe(true);
  expect(gone).toMatchObject({ status: 'gone', version: 2, html: '', bodyChunks: 0 });
  expect(article.id).toBe(stored.article.id);
});

test('takes an article out of every stream and keeps it listed', async ({ desk }) => {
  await desk.put('storm', { tags: ['Weather'] });

  await desk.remove('storm');

  for (const stream of ['news', 'tag/weather'])
    expect(await readCards(desk.store, { stream, upTo: desk.time, limit: 5 })).toEqual([]);
  expect(await readListing(desk.store)).toMatchObject([{ slug: 'storm', status: 'gone', version: 2 }]);
});

test('keeps the old addresses of a gone article', async ({ desk }) => {
  await desk.put('storm', { aliases: ['gale'] });

  await desk.remove('storm');

  expect(await findArticle(desk.store, 'gale')).toMatchObject({ movedTo: 'storm' });
});

test('keeps the guid of a gone article from others', async ({ desk }) => {
  await desk.put('storm', { guid: 'item-1' });

  await desk.remove('storm');

  await expect(desk.put('calm', { guid: 'item-1' })).rejects.toThrow(TakenError);
});

test.for([
  ['an address that was never used', 'new', undefined],
  ['an old address', 'gale', undefined],
  ['an article that is gone', 'dropped', 'gone'],
] as const)('removes nothing at %s', async ([, slug, answer], { desk }) => {
  await desk.put('storm', { aliases: ['gale'] });
  await desk.put('dropped');
  await desk.remove('dropped');
  const before = await describeStore(desk.store);

  const removed = await removeArticle(desk.store, { slug, origin: 'api', now: desk.time });

  expect(removed).toBe(answer);
  expect(await describeStore(desk.store)).toEqual(before);
});

test('removes nothing that is not allowed', async ({ desk }) => {
  await desk.put('storm');
  const before = await describeStore(desk.store);
  const removal = { slug: 'storm', origin: 'api' as const, now: desk.time };
  const refuse = () => {
    throw new RangeError('not this one');
  };

  const answers = await Promise.allSettled([
    removeArticle(desk.store, { ...removal, allow: ({ version }) => version > 1 }),
    removeArticle(desk.store, { ...removal, allow: refuse }),
  ]);

  expect(answers).toMatchObject([
    { status: 'fulfilled', value: 'kept' },
    { status: 'rejected', reason: expect.any(RangeError) },
  ]);
  expect(await describeStore(desk.store)).toEqual(before);
});

/** Stores, views, deletes and stores again; the stored articles of both times. */
async function recreate(desk: TestDesk, first: Fields, second: Fields) {
  const { stored: old } = await desk.put('storm', first);
  await desk.view('storm');
  await desk.remove('storm');
  desk.time = '2026-06-02T12:00:00.000Z';
  const { outcome, stored } = await desk.put('storm', second);
  return { old, outcome, stored, views: await readViews(desk.store, stored.article.id) };
}

test('gives an article that is put again after its deletion an id, a count and a date of its own', async ({
  desk,
}) => {
  const { old, outcome, stored, views } = await recreate(desk, { views: 930 }, { title: 'Another' });

  expect(outcome).toBe('created');
  expect(stored.article.id).toBe(`${old.article.id}/2`);
  expect(stored).toMatchObject({ firstStoredAt: '2026-06-02T12:00:00.000Z', version: 3 });
  expect(stored.startingViews).toBeUndefined();
  expect(views).toBe(0);
  expect(await readViews(desk.store, old.article.id)).toBe(931);
});

test('takes the starting count of an article that is put again', async ({ desk }) => {
  const { views } = await recreate(desk, { views: 930 }, { views: 7 });

  expect(views).toBe(7);
});

test('gives a third article of one address a third id', async ({ desk }) => {
  await recreate(desk, {}, {});
  await desk.remove('storm');

  const { stored } = await desk.put('storm');

  expect(stored.article.id).toBe('tag:news.example.com,2026-05-01:storm/3');
});

test('keeps id and count when the article that is put again gives its id', async ({ desk }) => {
  const fields = { id: 'tag:elsewhere.example,2020-01-01:storm', views: 930 };

  const { stored, views } = await recreate(desk, fields, fields);

  expect(stored.article.id).toBe(fields.id);
  expect(views).toBe(931);
});

test('lets go of what only the deleted article named', async ({ desk }) => {
  await recreate(desk, { aliases: ['gale'], guid: 'item-1' }, {});

  const { outcome } = await desk.put('calm', { aliases: ['gale'], guid: 'item-1' });

  expect(outcome).toBe('created');
});

test.for([
  ['without it', {}],
  ['with another', { guid: 'https://elsewhere.example/18' }],
] as const)(
  'gives nobody else the guid that subscribers know a deleted article by, when it is put again %s',
  async ([, fields], { desk }) => {
    const guid = 'https://elsewhere.example/17';
    await recreate(desk, { guid }, fields);
    const before = await describeStore(desk.store);

    const refusals = await Promise.allSettled([desk.put('calm', { guid }), desk.put('gale', { id: guid })]);

    expect(refusals).toMatchObject([
      { reason: { name: 'TakenError', pointer: '/guid' } },
      { reason: { name: 'TakenError', pointer: '/id' } },
    ]);
    expect(await describeStore(desk.store)).toEqual(before);
  },
);

test('gives a later article of the address no guid of an earlier one either', async ({ desk }) => {
  const guid = 'https://elsewhere.example/17';
  await recreate(desk, { guid }, { draft: true });

  await expect(desk.put('storm', { guid })).rejects.toThrow(TakenError);
});

test('keeps the guid from others while the article under the same id becomes visible again', async ({
  desk,
}) => {
  const [id, guid] = ['tag:elsewhere.example,2020-01-01:storm', 'https://elsewhere.example/17'];
  await recreate(desk, { id, guid }, { id, draft: true });

  await desk.put('storm', { id });

  await expect(desk.put('calm', { guid })).rejects.toThrow(TakenError);
});

test('lets go of a guid that no subscriber ever saw', async ({ desk }) => {
  const guid = 'https://elsewhere.example/17';
  await recreate(desk, { guid, draft: true }, {});

  const { outcome } = await desk.put('calm', { guid });

  expect(outcome).toBe('created');
});
