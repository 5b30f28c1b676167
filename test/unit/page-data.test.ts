import * as fc from 'fast-check';
import { mf2 } from 'microformats-parser';
import { expect, test } from 'vitest';
import { articleJson, type OpenArticle } from '../../functions/pages/article-json.ts';
import { renderArticlePage } from '../../functions/pages/article-page.tsx';
import { renderFrontPage } from '../../functions/pages/front-page.tsx';
import { renderStreamPage } from '../../functions/pages/stream-page.tsx';
import {
  cardOf,
  chineseArticle,
  context,
  hostileArticle,
  hostileHtml,
  plainArticle,
} from '../fixtures/samples.ts';
import { anyPublished } from './arbitraries.ts';
import { attributesOf, findAll, findOne, readPage, textOf } from './html-tree.ts';

const around = { views: 930, previous: cardOf(plainArticle), next: undefined, translations: [] };
const hostile: OpenArticle = { article: hostileArticle, html: hostileHtml, ...around };
const cards = [chineseArticle, hostileArticle, plainArticle].map(cardOf);
const baseUrl = context.baseUrl;

// biome-ignore lint/suspicious/noExplicitAny: a test reads what it expects
function structuredData(page: string): any[] {
  return JSON.parse(textOf(findOne(readPage(page), 'script')))['@graph'];
}

function propertiesOf(page: string): Record<string, string[]> {
  const found: Record<string, string[]> = {};
  for (const { property, content = '' } of findAll(readPage(page), 'meta').map(attributesOf))
    if (property) found[property] = [...(found[property] ?? []), content];
  return found;
}

test.each([
  ['an article with every field', hostile],
  [
    'an article without optional fields',
    { article: plainArticle, html: '<p>One sentence says it.</p>', ...around },
  ],
])('says the same about %s in microformats as in JSON', (_what, opened) => {
  const { items } = mf2(renderArticlePage(opened, context), { baseUrl });

  const json = articleJson(opened, context);
  const [entry] = items.filter(({ type }) => type?.includes('h-entry'));
  expect(entry?.properties).toMatchObject({
    name: [json.title],
    url: [json.url],
    summary: [json.summary],
    published: [json.publishedAt],
    updated: [json.updatedAt],
    ...(json.authors.length > 0 && {
      author: json.authors.map((value) => expect.objectContaining({ value })),
    }),
    ...(json.image && { photo: [{ value: json.image.url, alt: json.image.alt }] }),
  });
  const labels = [...(json.category ? [json.category] : []), ...json.tags];
  expect(entry?.properties.category ?? []).toEqual(labels);
  expect(entry?.properties.content).toHaveLength(1);
});

test.each([
  [
    'a stream',
    'News',
    () =>
      renderStreamPage(
        { stream: { name: 'news', label: 'news' }, cards, older: undefined, newer: undefined },
        context,
      ),
  ],
  ['the front page', 'Gate & Bridge', () => renderFrontPage({ cards, mostRead: [] }, context)],
])('lists %s as an h-feed of all its articles', (_what, name, render) => {
  const { items } = mf2(render(), { baseUrl });

  const [feed] = items.filter(({ type }) => type?.includes('h-feed'));
  expect(feed?.properties.name).toEqual([name]);
  expect(feed?.children?.map(({ type, properties }) => [type, properties.name, properties.url])).toEqual(
    cards.map(({ slug, title }) => [['h-entry'], [title], [`${baseUrl}/news/${slug}`]]),
  );
});

test('names author, publisher and source of an article in its structured data', () => {
  const [article, trail] = structuredData(renderArticlePage(hostile, context));

  const logo = { url: `${baseUrl}/media/bridge.0123456789abcdef.png`, width: 640, height: 480 };
  expect(article).toMatchObject({
    '@type': 'NewsArticle',
    headline: hostileArticle.title,
    datePublished: '2026-02-04T00:30:00+08:00',
    dateModified: '2026-02-04T09:00:00+08:00',
    author: hostileArticle.authors.map((name) => ({ '@type': 'Person', name })),
    publisher: { '@type': 'Organization', name: 'Gate & Bridge', logo },
    image: [logo],
    isBasedOn: hostileArticle.source?.url,
    sourceOrganization: {
      '@type': 'Organization',
      name: 'River Gazette',
      url: 'https://gazette.example.org/',
    },
    creditText: hostileArticle.source?.credit,
  });
  expect(trail).toMatchObject({
    '@type': 'BreadcrumbList',
    itemListElement: [
      { position: 1, item: `${baseUrl}/` },
      { position: 2, item: `${baseUrl}/news` },
      { position: 3, name: hostileArticle.title, item: `${baseUrl}/news/hostile` },
    ],
  });
});

test('names the site alone as author of an article without a source', () => {
  const [article] = structuredData(renderArticlePage({ ...hostile, article: plainArticle }, context));

  expect(article.author).toEqual([{ '@type': 'Organization', name: 'Gate & Bridge', url: `${baseUrl}/` }]);
  for (const field of ['isBasedOn', 'sourceOrganization', 'creditText', 'image'])
    expect(article).not.toHaveProperty(field);
});

test('describes the site in the structured data of the front page', () => {
  const front = renderFrontPage({ cards, mostRead: [] }, context);

  expect(structuredData(front)).toMatchObject([
    { '@type': 'WebSite', url: `${baseUrl}/`, publisher: { '@type': 'Organization' } },
  ]);
});

test.each(['</script><b>', '<!--<script>', 'a\u2028b\u2029c', '\\u003c', '&lt;/script&gt;'])(
  'keeps the title %j inside its script element',
  (title) => {
    const page = renderArticlePage({ ...hostile, article: { ...hostileArticle, title } }, context);

    expect(structuredData(page)[0].headline).toBe(title);
    const [, written] = /<script[^>]*>(.*?)<\/script>/s.exec(page) ?? [];
    expect(written).not.toMatch(/[<\u2028\u2029]/);
  },
);

test('describes an article for Open Graph', () => {
  const image = `${baseUrl}/media/bridge.0123456789abcdef.png`;

  expect(propertiesOf(renderArticlePage(hostile, context))).toEqual({
    'og:site_name': ['Gate & Bridge'],
    'og:type': ['article'],
    'og:title': [hostileArticle.title],
    'og:description': [hostileArticle.summary],
    'og:url': [`${baseUrl}/news/hostile`],
    'og:locale': ['en_GB'],
    'og:image': [image],
    'og:image:type': ['image/png'],
    'og:image:width': ['640'],
    'og:image:height': ['480'],
    'og:image:alt': ['A "bridge" & a <gate>'],
    'article:published_time': ['2026-02-04T00:30:00+08:00'],
    'article:modified_time': ['2026-02-04T09:00:00+08:00'],
    'article:section': ['R&D <new>'],
    'article:tag': hostileArticle.tags,
  });
});

test.each([
  [undefined, '/news'],
  ['/news?before=abc', '/news?before=abc'],
])('gives the page of a stream at %s its own canonical address', (path, expected) => {
  const page = renderStreamPage(
    { stream: { name: 'news', label: 'news' }, cards, path, older: undefined, newer: undefined },
    context,
  );

  const links = findAll(readPage(page), 'link').map(attributesOf);
  expect(links.find(({ rel }) => rel === 'canonical')?.href).toBe(baseUrl + expected);
});

test('keeps the structured data of any article well-formed', () => {
  fc.assert(
    fc.property(anyPublished, ({ article, html }) => {
      const page = renderArticlePage({ article, html, ...around }, context);

      const [data] = structuredData(page);
      expect([data.headline, data.description ?? '']).toEqual([article.title, article.summary]);
      expect(findAll(readPage(page), 'script')).toHaveLength(1);
    }),
  );
});

test.each([
  [
    '<img src="/media/bridge.png" alt="B" />',
    `${baseUrl}/media/bridge.0123456789abcdef.png`,
    'summary_large_image',
  ],
  [
    '<img src="https://i.example/dot.png" width="20" /><img src="https://i.example/a.jpg?b&amp;c" />',
    'https://i.example/a.jpg?b&c',
    'summary_large_image',
  ],
  ['<p>no picture</p>', `${baseUrl}/media/bridge.0123456789abcdef.png`, 'summary'],
])(
  'beside links to an article without a picture stands one of its text, or the logo: %s',
  (html, url, card) => {
    const page = renderArticlePage({ article: plainArticle, html, ...around }, context);

    expect(propertiesOf(page)['og:image']).toEqual([url]);
    expect(page).toContain(`<meta name="twitter:card" content="${card}"/>`);
  },
);

test('shows the caption and the credit of the lead picture, on the page, in JSON and in its data', () => {
  const image = { url: '/media/bridge.png', alt: 'B', caption: 'The <bridge>', credit: 'Photo: A & B' };
  const opened = { ...hostile, article: { ...hostileArticle, image } };
  const page = renderArticlePage(opened, context);

  expect(page).toContain('<figcaption>The &lt;bridge&gt; <small>Photo: A &amp; B</small></figcaption>');
  expect(articleJson(opened, context).image).toMatchObject({ caption: image.caption, credit: image.credit });
  expect(structuredData(page)[0].image[0]).toMatchObject({
    caption: image.caption,
    creditText: image.credit,
  });
});
