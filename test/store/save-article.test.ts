import { expect } from 'vitest';
import { readCards } from '../../functions/store/cards.ts';
import { PreconditionFailedError } from '../../functions/write/request.ts';
import type { Fields, TestBackend } from '../support/backend.ts';
import { test } from '../support/backend-test.ts';
import { digest } from '../support/digest.ts';
import { noise } from '../support/noise.ts';
import { describeStore } from '../support/scan.ts';

const full = {
  title: 'A storm over the coast',
  summary: 'Wind and waves.',
  tags: ['Weather', '海岸'],
  category: 'World',
  source: { name: 'Harbour Post', url: 'https://harbour.example.com/', credit: 'By the Harbour Post.' },
  authors: ['Ada'],
  image: { url: '/media/storm.png', alt: 'Waves', width: 4, height: 3 },
  language: 'en',
  guid: 'item-1',
  aliases: ['tempest'],
  views: 930,
};

/** Where the stream lists the article: the times of its cards. */
async function listedAt({ store }: TestBackend, stream: string): Promise<string[]> {
  const cards = await readCards(store, { stream, upTo: '9999-01-01T00:00:00.000Z', limit: 10 });
  return cards.map(({ publishedAt }) => publishedAt);
}

test('keeps every field as it was sent', async ({ backend }) => {
  const { outcome } = await backend.put('storm', { ...full, markdown: '**Wind**' });

  const { html, status, version, origin, article } = await backend.read('storm');
  const { views: _, ...sent } = full;
  expect(outcome).toBe('created');
  expect({ html, status, version, origin }).toEqual({
    html: '<p><strong>Wind</strong></p>',
    status: 'published',
    version: 1,
    origin: 'api',
  });
  expect(article).toEqual({
    ...sent,
    id: 'tag:news.example.com,2026-05-01:storm',
    slug: 'storm',
    draft: false,
    publishedAt: '2026-05-01T08:00:00.000Z',
    updatedAt: '2026-05-01T08:00:00.000Z',
    bodyHash: expect.any(String),
  });
});

test.for<[string, Fields]>([
  ['the same fields', {}],
  ['no date', { publishedAt: undefined }],
  ['the same date in another zone', { publishedAt: '2026-05-01T16:00:00+08:00' }],
  ['another starting count', { views: 5 }],
  ['no starting count', { views: undefined }],
  ['the same body as HTML', { html: '<p>Text</p>' }],
])('writes nothing when an article is sent again with %s', async ([, fields], { backend }) => {
  await backend.put('storm', full);
  const before = await describeStore(backend.store);
  backend.time = '2026-06-02T12:00:00.000Z';

  const { outcome, stored } = await backend.put('storm', { ...full, ...fields });

  expect({ outcome, version: stored.version }).toEqual({ outcome: 'unchanged', version: 1 });
  expect(await describeStore(backend.store)).toEqual(before);
});

test.for([
  { title: 'Another' },
  { summary: 'Another.' },
  { markdown: 'Another' },
  { publishedAt: '2026-05-02T08:00:00Z' },
  { updatedAt: '2026-05-02T08:00:00Z' },
  { language: 'de' },
  { source: { name: 'Harbour Post', credit: 'Another.' } },
  { authors: ['Grace'] },
  { category: undefined },
  { tags: ['海岸', 'Weather'] },
  { image: { url: '/media/storm.png', alt: 'Another' } },
  { guid: 'item-2' },
  { aliases: [] },
  { draft: true },
])('replaces an article that differs in %o', async (fields, { backend }) => {
  await backend.put('storm', full);

  const { outcome, stored } = await backend.put('storm', { ...full, ...fields });

  expect({ outcome, version: stored.version }).toEqual({ outcome: 'replaced', version: 2 });
});

test.for([
  ['tag', { tags: ['Weather'] }, { tags: ['Sea'] }, 'tag/weather', 'tag/sea'],
  ['category', { category: 'World' }, { category: 'Town' }, 'category/world', 'category/town'],
  ['source', { source: { name: 'A' } }, { source: { name: 'B' } }, 'source/a', 'source/b'],
] as const)(
  'leaves no card in the stream of an old %s',
  async ([, old, changed, left, joined], { backend }) => {
    await backend.put('storm', old);

    await backend.put('storm', changed);

    expect(await listedAt(backend, left)).toEqual([]);
    expect(await listedAt(backend, joined)).toEqual(['2026-05-01T08:00:00.000Z']);
  },
);

test('leaves no card at an old date', async ({ backend }) => {
  await backend.put('storm', { tags: ['Weather'] });

  await backend.put('storm', { tags: ['Weather'], publishedAt: '2015-12-02T10:36:55+08:00' });

  expect(await listedAt(backend, 'news')).toEqual(['2015-12-02T02:36:55.000Z']);
  expect(await listedAt(backend, 'tag/weather')).toEqual(['2015-12-02T02:36:55.000Z']);
});

test('lists labels that differ only in writing in one stream', async ({ backend }) => {
  await backend.put('storm', { category: 'Café Life', tags: ['CAFE\u0301 life'] });

  expect(await listedAt(backend, 'tag/café-life')).toEqual(['2026-05-01T08:00:00.000Z']);
});

test.for([
  ['a longer', 'Text', noise(480_000)],
  ['a shorter', noise(480_000), 'Text'],
  ['another long', noise(480_000), noise(500_000, 2)],
])('replaces a body by %s one', async ([, before, after], { backend }) => {
  await backend.put('storm', { text: before });

  await backend.put('storm', { text: after });

  expect(digest((await backend.read('storm')).html)).toBe(digest(`<p>${after}</p>`));
});

test('replaces nothing that is not as the request expects it', async ({ backend }) => {
  await backend.put('storm');
  const before = await describeStore(backend.store);
  const headers = new Headers({ 'If-Match': '"2"' });

  const write = backend.put('storm', { title: 'Another' }, { headers });

  await expect(write).rejects.toThrow(PreconditionFailedError);
  expect(await describeStore(backend.store)).toEqual(before);
});
