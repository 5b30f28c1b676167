import { expect } from 'vitest';
import type { Fields } from '../support/backend.ts';
import { test } from '../support/backend-test.ts';

const published = '2026-05-01T08:00:00.000Z';
const edited = '2026-06-02T12:00:00.000Z';

test.for<[Fields]>([
  [{ title: 'Another' }],
  [{ summary: 'Another.' }],
  [{ markdown: 'Another' }],
  [{ image: { url: '/media/another.png' } }],
])('moves the time of a visible article with %o', async ([fields], { backend }) => {
  await backend.put('storm');
  backend.time = edited;

  const { stored } = await backend.put('storm', fields);

  expect(stored.article).toMatchObject({ publishedAt: published, updatedAt: edited });
});

test.for<[Fields]>([
  [{ tags: ['Weather'] }],
  [{ category: 'World' }],
  [{ source: { name: 'Post' } }],
  [{ authors: ['Ada'] }],
  [{ language: 'de' }],
  [{ guid: 'item-1' }],
  [{ aliases: ['gale'] }],
])('keeps the time of a visible article with %o', async ([fields], { backend }) => {
  await backend.put('storm');
  backend.time = edited;

  const { stored } = await backend.put('storm', fields);

  expect(stored.article.updatedAt).toBe(published);
});

test.for<[string, Fields, Fields, string]>([
  ['a draft', { draft: true }, { draft: true, title: 'Another' }, published],
  ['a draft that is published by it', { draft: true }, { title: 'Another' }, published],
  [
    'an article under embargo',
    { publishedAt: '2026-07-01T08:00:00Z' },
    { publishedAt: '2026-07-01T08:00:00Z', title: 'Another' },
    '2026-07-01T08:00:00.000Z',
  ],
])('takes an edit of %s for no update', async ([, before, after, expected], { backend }) => {
  await backend.put('storm', before);
  backend.time = edited;

  const { stored } = await backend.put('storm', after);

  expect(stored.article.updatedAt).toBe(expected);
});

test('takes the time that is given before its own', async ({ backend }) => {
  await backend.put('storm');
  backend.time = edited;

  const { stored } = await backend.put('storm', { title: 'Another', updatedAt: '2026-05-20T08:00:00+08:00' });

  expect(stored.article.updatedAt).toBe('2026-05-20T00:00:00.000Z');
});

test('keeps the time of an update through later edits that are none', async ({ backend }) => {
  await backend.put('storm');
  backend.time = edited;
  await backend.put('storm', { title: 'Another' });
  backend.time = '2026-06-03T12:00:00.000Z';

  const { stored } = await backend.put('storm', { title: 'Another', tags: ['Weather'] });

  expect(stored.article.updatedAt).toBe(edited);
});

test('moves with the date of an article that was never updated', async ({ backend }) => {
  await backend.put('storm');

  const { stored } = await backend.put('storm', { publishedAt: '2015-12-02T10:36:55+08:00' });

  expect(stored.article.updatedAt).toBe('2015-12-02T02:36:55.000Z');
});

test('stays when an updated article is dated back', async ({ backend }) => {
  await backend.put('storm');
  backend.time = edited;
  await backend.put('storm', { title: 'Another' });

  const { stored } = await backend.put('storm', {
    title: 'Another',
    publishedAt: '2015-12-02T10:36:55+08:00',
  });

  expect(stored.article.updatedAt).toBe(edited);
});

test('dates a draft that is published without a date by the moment of its publication', async ({
  backend,
}) => {
  await backend.put('storm', { draft: true });
  backend.time = edited;

  const { stored } = await backend.put('storm', { publishedAt: undefined });

  expect(stored.article).toMatchObject({ publishedAt: edited, updatedAt: edited });
});
