import { expect } from 'vitest';
import { readCards } from '../../functions/store/cards.ts';
import { readViews } from '../../functions/store/counter.ts';
import { readListing } from '../../functions/store/listing.ts';
import { findArticle } from '../../functions/store/read-article.ts';
import { TakenError } from '../../functions/store/transaction.ts';
import { removeArticle } from '../../functions/write/remove-article.ts';
import { PreconditionFailedError } from '../../functions/write/request.ts';
import type { Fields, TestBackend } from '../support/backend.ts';
import { test } from '../support/backend-test.ts';
import { noise } from '../support/noise.ts';
import { describeStore } from '../support/scan.ts';

test('leaves an article that is gone, with its id and without its body', async ({ backend }) => {
  const { stored } = await backend.put('storm', { text: noise(480_000) });

  const removed = await backend.remove('storm');

  const { article, ...gone } = await backend.read('storm');
  expect(removed).toBe(true);
  expect(gone).toMatchObject({ status: 'gone', version: 2, html: '', bodyChunks: 0 });
  expect(article.id).toBe(stored.article.id);
});

test('takes an article out of every stream and keeps it listed', async ({ backend }) => {
  await backend.put('storm', { tags: ['Weather'] });

  await backend.remove('storm');

  for (const stream of ['news', 'tag/weather'])
    expect(await readCards(backend.store, { stream, upTo: backend.time, limit: 5 })).toEqual([]);
  expect(await readListing(backend.store)).toMatchObject([{ slug: 'storm', status: 'gone', version: 2 }]);
});

test('keeps the old addresses of a gone article', async ({ backend }) => {
  await backend.put('storm', { aliases: ['gale'] });

  await backend.remove('storm');

  expect(await findArticle(backend.store, 'gale')).toMatchObject({ movedTo: 'storm' });
});

test('keeps the guid of a gone article from others', async ({ backend }) => {
  await backend.put('storm', { guid: 'item-1' });

  await backend.remove('storm');

  await expect(backend.put('calm', { guid: 'item-1' })).rejects.toThrow(TakenError);
});

test.for([
  ['an address that was never used', 'new', undefined],
  ['an old address', 'gale', undefined],
  ['an article that is gone', 'dropped', 'gone'],
] as const)('removes nothing at %s', async ([, slug, answer], { backend }) => {
  await backend.put('storm', { aliases: ['gale'] });
  await backend.put('dropped');
  await backend.remove('dropped');
  const before = await describeStore(backend.store);

  const removed = await removeArticle(backend, { slug, origin: 'api' });

  expect(removed).toBe(answer);
  expect(await describeStore(backend.store)).toEqual(before);
});

test('removes neither what no content file wrote last nor what is not as the request expects it', async ({
  backend,
}) => {
  await backend.put('storm');
  const before = await describeStore(backend.store);
  const headers = new Headers({ 'If-Match': '"2"' });

  const answers = await Promise.allSettled([
    removeArticle(backend, { slug: 'storm', origin: 'content' }),
    removeArticle(backend, { slug: 'storm', origin: 'api', headers }),
  ]);

  expect(answers).toMatchObject([
    { status: 'fulfilled', value: 'kept' },
    { status: 'rejected', reason: expect.any(PreconditionFailedError) },
  ]);
  expect(await describeStore(backend.store)).toEqual(before);
});

/** Stores, views, deletes and stores again; the stored articles of both times. */
async function recreate(backend: TestBackend, first: Fields, second: Fields) {
  const { stored: old } = await backend.put('storm', first);
  await backend.view('storm');
  await backend.remove('storm');
  backend.time = '2026-06-02T12:00:00.000Z';
  const { outcome, stored } = await backend.put('storm', second);
  return { old, outcome, stored, views: await readViews(backend.store, stored.article.id) };
}

test('gives an article that is put again after its deletion an id, a count and a date of its own', async ({
  backend,
}) => {
  const { old, outcome, stored, views } = await recreate(backend, { views: 930 }, { title: 'Another' });

  expect(outcome).toBe('created');
  expect(stored.article.id).toBe(`${old.article.id}/2`);
  expect(stored).toMatchObject({ firstStoredAt: '2026-06-02T12:00:00.000Z', version: 3 });
  expect(stored.startingViews).toBeUndefined();
  expect(views).toBe(0);
  expect(await readViews(backend.store, old.article.id)).toBe(931);
});

test('takes the starting count of an article that is put again', async ({ backend }) => {
  const { views } = await recreate(backend, { views: 930 }, { views: 7 });

  expect(views).toBe(7);
});

test('gives a third article of one address a third id', async ({ backend }) => {
  await recreate(backend, {}, {});
  await backend.remove('storm');

  const { stored } = await backend.put('storm');

  expect(stored.article.id).toBe('tag:news.example.com,2026-05-01:storm/3');
});

test('keeps id and count when the article that is put again gives its id', async ({ backend }) => {
  const fields = { id: 'tag:elsewhere.example,2020-01-01:storm', views: 930 };

  const { stored, views } = await recreate(backend, fields, fields);

  expect(stored.article.id).toBe(fields.id);
  expect(views).toBe(931);
});

test('lets go of what only the deleted article named', async ({ backend }) => {
  await recreate(backend, { aliases: ['gale'], guid: 'item-1' }, {});

  const { outcome } = await backend.put('calm', { aliases: ['gale'], guid: 'item-1' });

  expect(outcome).toBe('created');
});

test.for([
  ['without it', {}],
  ['with another', { guid: 'https://elsewhere.example/18' }],
] as const)(
  'gives nobody else the guid that subscribers know a deleted article by, when it is put again %s',
  async ([, fields], { backend }) => {
    const guid = 'https://elsewhere.example/17';
    await recreate(backend, { guid }, fields);
    const before = await describeStore(backend.store);

    const refusals = await Promise.allSettled([
      backend.put('calm', { guid }),
      backend.put('gale', { id: guid }),
    ]);

    expect(refusals).toMatchObject([
      { reason: { name: 'TakenError', pointer: '/guid' } },
      { reason: { name: 'TakenError', pointer: '/id' } },
    ]);
    expect(await describeStore(backend.store)).toEqual(before);
  },
);

test('gives a later article of the address no guid of an earlier one either', async ({ backend }) => {
  const guid = 'https://elsewhere.example/17';
  await recreate(backend, { guid }, { draft: true });

  await expect(backend.put('storm', { guid })).rejects.toThrow(TakenError);
});

test('keeps the guid from others while the article under the same id becomes visible again', async ({
  backend,
}) => {
  const [id, guid] = ['tag:elsewhere.example,2020-01-01:storm', 'https://elsewhere.example/17'];
  await recreate(backend, { id, guid }, { id, draft: true });

  await backend.put('storm', { id });

  await expect(backend.put('calm', { guid })).rejects.toThrow(TakenError);
});

test('lets go of a guid that no subscriber ever saw', async ({ backend }) => {
  const guid = 'https://elsewhere.example/17';
  await recreate(backend, { guid, draft: true }, {});

  const { outcome } = await backend.put('calm', { guid });

  expect(outcome).toBe('created');
});
