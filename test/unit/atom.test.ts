import { expect, test } from 'vitest';
import { renderAtom } from '../../functions/feed/atom.ts';
import { context, hostileArticle, plainArticle, richStream } from '../fixtures/samples.ts';
import { readAtom, rfc3339 } from './read-feeds.ts';
import { childrenOf, textOf, textsOf, type XmlElement } from './xml-tree.ts';

test('carries titles as plain text', () => {
  const { entries } = readAtom(richStream);

  const titles = entries.flatMap((entry) => childrenOf(entry, 'title'));
  expect(titles.map(({ text }) => text)).toContain(hostileArticle.title);
  expect(titles.map(({ attributes }) => attributes)).toEqual([{}, {}, {}]);
});

test('has entries with unique ids and dates of RFC 3339', () => {
  const { feed, entries } = readAtom(richStream);

  const ids = entries.map((entry) => textOf(entry, 'id'));
  const dates = [feed, ...entries].flatMap((element) => [
    ...textsOf(element, 'updated'),
    ...textsOf(element, 'published'),
  ]);
  expect(new Set(ids).size).toBe(3);
  expect(dates).toHaveLength(7);
  expect(dates.filter((date) => !rfc3339.test(date))).toEqual([]);
});

test('was updated no earlier than any of its entries', () => {
  const { feed, entries } = readAtom({ ...richStream, tombstones: [] });

  const newest = Math.max(...entries.map((entry) => Date.parse(textOf(entry, 'updated'))));
  expect(Date.parse(textOf(feed, 'updated'))).toBe(newest);
});

test('has one self link and one alternate', () => {
  const { feed } = readAtom(richStream);

  const links = childrenOf(feed, 'link').map(({ attributes }) => [attributes.rel, attributes.href]);
  expect(links).toEqual([
    ['alternate', 'https://news.example.com/tag/%E4%BA%91%E8%AE%A1%E7%AE%97'],
    ['self', 'https://news.example.com/tag/%E4%BA%91%E8%AE%A1%E7%AE%97/atom.xml'],
    ['hub', 'https://hub.example.net/?topic=1&mode=a'],
  ]);
});

test('has an author for every entry, its own or the site', () => {
  const { feed, entries } = readAtom(richStream);

  const names = (element: XmlElement) =>
    childrenOf(element, 'author').map((author) => textOf(author, 'name'));
  expect([feed, ...entries].map(names)).toEqual([
    ['Gate & Bridge'],
    ['李雷'],
    ['Ann & Bob', 'C. "Dee" <d@example.org>'],
    [],
  ]);
});

test('names the feed of a source where the site knows it', () => {
  const { entries } = readAtom(richStream);

  const sources = entries.map((entry) =>
    childrenOf(entry, 'source').map((source) => [textOf(source, 'id'), textOf(source, 'title')]),
  );
  const gazette = ['https://gazette.example.org/rss.xml', 'River Gazette'];
  expect(sources).toEqual([[gazette], [gazette], []]);
});

test('keeps a label that XML writers take for a mere flag', () => {
  const { entries } = readAtom(richStream);

  const terms = childrenOf(entries[1] as XmlElement, 'category').map(({ attributes }) => attributes.term);
  expect(terms).toEqual(['R&D <new>', 'true', '"Quoted" & more', '云计算']);
});

test('has its tombstones at the level of the feed, before the entries as its schema has it', () => {
  const { feed } = readAtom(richStream);

  const names = feed.children.map(({ name }) => name);
  expect(names.indexOf('at:deleted-entry')).toBeLessThan(names.indexOf('entry'));
  const [gone] = childrenOf(feed, 'at:deleted-entry');
  expect(gone).toMatchObject({
    namespace: 'http://purl.org/atompub/tombstones/1.0',
    attributes: { ref: 'tag:news.example.com,2025-12-31:gone', when: '2026-03-05T08:00:00+08:00' },
  });
});

test('declares the namespace of tombstones only where there is one', () => {
  expect(renderAtom(richStream, context)).toContain('http://purl.org/atompub/tombstones/1.0');
  expect(renderAtom({ ...richStream, tombstones: [] }, context)).not.toContain('tombstones');
});

test('leaves out a tombstone of what it shows', () => {
  const [shown] = richStream.articles.map(({ article }) => ({
    id: article.id,
    when: '2026-03-09T00:00:00.000Z',
  }));
  const { feed } = readAtom({
    ...richStream,
    tombstones: [...richStream.tombstones, ...(shown ? [shown] : [])],
  });

  const refs = childrenOf(feed, 'at:deleted-entry').map(({ attributes }) => attributes.ref);
  expect(refs).toEqual(['tag:news.example.com,2025-12-31:gone']);
  expect(textOf(feed, 'updated')).toBe('2026-03-05T08:00:00+08:00');
});

test.each([
  ['urn:x:1', 'own'],
  ['javascript:alert(1)', 'own'],
  ['mailto:desk@gazette.example.org', 'own'],
  ['https:///no-host', 'own'],
  ['item-17', 'own'],
  ['urn:isbn:0451450523', 'guid'],
  ['tag:gazette.example.org,2026-01-02:17', 'guid'],
  ['https://gazette.example.org/?p=17', 'guid'],
  ['info:doi/10.1000/182', 'guid'],
])('shows an entry with the guid %s by its %s id', (guid, whose) => {
  const article = { ...plainArticle, guid };
  const { entries } = readAtom({ ...richStream, articles: [{ article, html: '' }] });

  expect(entries.map((entry) => textOf(entry, 'id'))).toEqual([whose === 'guid' ? guid : plainArticle.id]);
});

test('tells two entries of one second apart by their milliseconds', () => {
  const articles = ['2026-01-02T03:04:05.001Z', '2026-01-02T03:04:05.002Z'].map((updatedAt, index) => ({
    article: { ...plainArticle, id: `${plainArticle.id}${index}`, updatedAt },
    html: '',
  }));
  const { entries } = readAtom({ ...richStream, articles });

  expect(entries.map((entry) => textOf(entry, 'updated'))).toEqual([
    '2026-01-02T11:04:05.001+08:00',
    '2026-01-02T11:04:05.002+08:00',
  ]);
});
