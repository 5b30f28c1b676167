import { expect, test } from 'vitest';
import { emptyStream, plainArticle, richStream } from '../fixtures/samples.ts';
import { readRss } from './read-feeds.ts';
import { childrenOf, textOf, textsOf, type XmlElement } from './xml-tree.ts';

const rfc822 = /^(Mon|Tue|Wed|Thu|Fri|Sat|Sun), \d\d [A-Z][a-z]{2} \d{4} \d\d:\d\d:\d\d GMT$/;

test('has one channel with a title, a link and a description', () => {
  const { channel } = readRss(richStream);

  expect(textOf(channel, 'title')).toBe('Gate & Bridge: 云计算');
  expect(textOf(channel, 'link')).toBe('https://news.example.com/tag/%E4%BA%91%E8%AE%A1%E7%AE%97');
  expect(textOf(channel, 'description')).toBe('News of <two> cities, "daily"');
});

test('has one self link, to the address that it is served under', () => {
  const { channel } = readRss(richStream);

  const selves = childrenOf(channel, 'atom:link').filter(({ attributes }) => attributes.rel === 'self');
  expect(selves.map(({ attributes, namespace }) => [attributes.href, attributes.type, namespace])).toEqual([
    [
      'https://news.example.com/tag/%E4%BA%91%E8%AE%A1%E7%AE%97/rss.xml',
      'application/rss+xml',
      'http://www.w3.org/2005/Atom',
    ],
  ]);
});

test('has items with unique ids and dates of RFC 822', () => {
  const { channel, items } = readRss(richStream);

  const ids = items.map((item) => textOf(item, 'guid'));
  const dates = [textOf(channel, 'lastBuildDate'), ...items.map((item) => textOf(item, 'pubDate'))];
  expect(new Set(ids).size).toBe(3);
  expect(dates.filter((date) => !rfc822.test(date))).toEqual([]);
});

test('says that its ids are no links, even those that look like one', () => {
  const { items } = readRss(richStream);

  const marks = items.flatMap((item) => childrenOf(item, 'guid')).map(({ attributes }) => attributes);
  expect(marks).toEqual([{ isPermaLink: 'false' }, { isPermaLink: 'false' }, { isPermaLink: 'false' }]);
});

test('shows a guid that is no IRI where subscribers know the article by it', () => {
  const guid = '5f8a & 1';
  const articles = [
    { ...plainArticle, guid, guidInRss: true as const },
    { ...plainArticle, guid },
  ];
  const stream = { ...emptyStream, articles: articles.map((article) => ({ article, html: '' })) };

  expect(readRss(stream).items.map((item) => textOf(item, 'guid'))).toEqual([guid, plainArticle.id]);
});

test('is well-formed whatever ends CDATA sections in its texts', () => {
  const hostile = 'a ]]> b ]]> c';
  const article = { ...plainArticle, title: hostile, summary: hostile, tags: [hostile], authors: [hostile] };

  const [item] = readRss({ ...emptyStream, articles: [{ article, html: `<p>${hostile}</p>` }] }).items;

  expect(textsOf(item as XmlElement, 'title')).toEqual([hostile]);
  expect(textsOf(item as XmlElement, 'content:encoded')).toEqual([`<p>${hostile}</p>`]);
});

test('has the description before the content', () => {
  const { items } = readRss(richStream);

  for (const item of items) {
    const names = item.children.map(({ name }) => name);
    expect(names.indexOf('content:encoded')).toBeGreaterThan(names.indexOf('description'));
  }
});

test('writes the plain summary as HTML, which readers take a description for', () => {
  const { items } = readRss(richStream);

  expect(textsOf(items[1] as XmlElement, 'description')).toEqual([
    'Five &lt; six &amp; "seven" &gt; ]]&gt; &lt;/description&gt; &amp;lt;b&amp;gt;',
  ]);
});

test.each([
  [
    { name: 'River Gazette', url: 'https://gazette.example.org/story' },
    { source: ['River Gazette'], 'dc:source': [], via: ['https://gazette.example.org/story'] },
  ],
  [{ name: 'River Gazette' }, { source: ['River Gazette'], 'dc:source': [], via: [] }],
  [
    { name: 'Quay Notes', url: 'https://quay.example.org/1' },
    { source: [], 'dc:source': ['Quay Notes'], via: ['https://quay.example.org/1'] },
  ],
  [{ name: 'Quay Notes' }, { source: [], 'dc:source': ['Quay Notes'], via: [] }],
])('credits %o, as source only with its feed', (source, expected) => {
  const stream = { ...emptyStream, articles: [{ article: { ...plainArticle, source }, html: '' }] };

  const [item] = readRss(stream).items as [XmlElement];

  const links = childrenOf(item, 'atom:link').filter(({ attributes }) => attributes.rel === 'via');
  expect({
    source: textsOf(item, 'source'),
    'dc:source': textsOf(item, 'dc:source'),
    via: links.map(({ attributes }) => attributes.href),
  }).toEqual(expected);
  expect(childrenOf(item, 'source').map(({ attributes }) => attributes.url)).toEqual(
    expected.source.map(() => 'https://gazette.example.org/rss.xml'),
  );
});

test('has an enclosure only with its length and type', () => {
  const { items } = readRss(richStream);

  expect(items.map((item) => childrenOf(item, 'enclosure').map(({ attributes }) => attributes))).toEqual([
    [],
    [
      {
        url: 'https://news.example.com/media/bridge.0123456789abcdef.png',
        length: '54321',
        type: 'image/png',
      },
    ],
    [],
  ]);
});

test('keeps a label that XML writers take for a mere flag', () => {
  const { items } = readRss(richStream);

  expect(textsOf(items[1] as XmlElement, 'category')).toContain('true');
});

test('names no author by element: that asks for an e-mail address', () => {
  const { items } = readRss(richStream);

  expect(items.flatMap((item) => childrenOf(item, 'author'))).toEqual([]);
  expect(textsOf(items[1] as XmlElement, 'dc:creator')).toEqual(['Ann & Bob', 'C. "Dee" <d@example.org>']);
});
