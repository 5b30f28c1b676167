import { isDeepStrictEqual } from 'node:util';
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Article } from '../../functions/article/article.ts';
import { renderAtom } from '../../functions/feed/atom.ts';
import { renderJsonFeed } from '../../functions/feed/json-feed.ts';
import { renderRss } from '../../functions/feed/rss.ts';
import { context, emptyStream, hostileArticle, hostileHtml } from '../fixtures/samples.ts';
import { anyPublished, publish } from './arbitraries.ts';

const formats = [renderRss, renderAtom, renderJsonFeed];

function renderAll(article: Article, html: string): string[] {
  const stream = { ...emptyStream, articles: [{ article, html }] };
  return formats.map((render) => render(stream, context));
}

const full = {
  title: 'A title',
  markdown: 'A text.',
  summary: 'A summary.',
  id: 'tag:news.example.com,2026-01-01:any',
  publishedAt: '2026-01-01T00:00:00Z',
  updatedAt: '2026-01-01T12:00:00Z',
  language: 'en',
  source: { name: 'Gazette', url: 'https://gazette.example.org/', credit: 'Thanks' },
  authors: ['Ann'],
  category: 'City',
  tags: ['one', 'two'],
  image: {
    url: 'https://gazette.example.org/a.png',
    alt: 'A',
    width: 1,
    height: 2,
    type: 'image/png',
    length: 3,
  },
  guid: 'urn:x:1',
  aliases: ['old'],
  draft: false,
};

// The store writes, and moves the version of the card, when the article differs.
test.each([
  ['title', { title: 'Another' }],
  ['body', { markdown: 'Another.' }],
  ['summary', { summary: 'Another.' }],
  ['id', { id: 'tag:news.example.com,2026-01-01:other' }],
  ['date of publication', { publishedAt: '2026-01-01T00:00:01Z' }],
  ['date of update', { updatedAt: '2026-01-01T12:00:01Z' }],
  ['language', { language: 'fr' }],
  ['name of the source', { source: { ...full.source, name: 'Herald' } }],
  ['address of the source', { source: { ...full.source, url: 'https://gazette.example.org/b' } }],
  ['credit of the source', { source: { ...full.source, credit: 'Many thanks' } }],
  ['authors', { authors: ['Ann', 'Bob'] }],
  ['order of authors', { authors: ['Bob', 'Ann'] }],
  ['category', { category: 'Country' }],
  ['case of the category', { category: 'CITY' }],
  ['tags', { tags: ['one'] }],
  ['order of tags', { tags: ['two', 'one'] }],
  ['image', { image: { ...full.image, url: 'https://gazette.example.org/b.png' } }],
  ['text of the image', { image: { ...full.image, alt: 'B' } }],
  ['width of the image', { image: { ...full.image, width: 4 } }],
  ['height of the image', { image: { ...full.image, height: 4 } }],
  ['type of the image', { image: { ...full.image, type: 'image/webp' } }],
  ['length of the image', { image: { ...full.image, length: 4 } }],
  ['guid', { guid: 'urn:x:2' }],
  ['aliases', { aliases: ['older'] }],
  ['draft', { draft: true }],
])('a change of %s makes another article', (_what, change) => {
  expect(publish({ ...full, ...change }).article).not.toEqual(publish(full).article);
});

test.each<[string, Partial<Article>]>([
  ['title', { title: 'Another' }],
  ['summary', { summary: 'Another.' }],
  ['slug', { slug: 'another' }],
  ['guid', { guid: 'urn:x:2' }],
  ['date of publication', { publishedAt: '2026-01-01T00:00:00.000Z' }],
  ['category', { category: 'Another' }],
  ['tags', { tags: ['another'] }],
  ['authors', { authors: ['Another'] }],
  ['source', { source: { name: 'Another', url: 'https://another.example/' } }],
  ['image', { image: { url: 'https://another.example/a.png' } }],
])('a change of %s shows in every feed', (_what, change) => {
  const before = renderAll(hostileArticle, hostileHtml);
  const after = renderAll({ ...hostileArticle, ...change }, hostileHtml);

  expect(after.filter((document, index) => document === before[index])).toEqual([]);
});

test('a change of the body shows in every feed', () => {
  const before = renderAll(hostileArticle, hostileHtml);
  const after = renderAll(hostileArticle, `${hostileHtml}<p>More.</p>`);

  expect(after.filter((document, index) => document === before[index])).toEqual([]);
});

test('two articles that differ in what is shown differ in every feed', () => {
  fc.assert(
    fc.property(anyPublished, anyPublished, (a, b) => {
      const shown = ({ article, html }: typeof a) => [article.title, article.summary, article.tags, html];
      fc.pre(!isDeepStrictEqual(shown(a), shown(b)));

      expect(renderAll(a.article, a.html)).not.toEqual(renderAll(b.article, b.html));
    }),
  );
});
