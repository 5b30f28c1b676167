import { expect, test } from 'vitest';
import { lintFeed, lintRules } from '../../functions/lint/lint-feed.ts';
import { brokenBy, readGood } from './lint-documents.ts';

const url = 'https://news.example.com/atom.xml';
const archiveUrl = 'https://news.example.com/archive/2026-02/atom.xml';
const good = readGood('good.atom.xml');
const archive = readGood('archive.atom.xml');
const ferryTitle = '<title>Ferry runs &lt;late&gt;</title>';
const ferryId = '<id>tag:news.example.com,2026-03-01:ferry</id>';
const lampLink = '<link href="https://news.example.com/news/lamp"/>';
const selfLink = '<link rel="self" type="application/atom+xml" href="https://news.example.com/atom.xml"/>';
const alternate = '<link rel="alternate" type="text/html" href="https://news.example.com/news/ferry"/>';
const boLamp = '<author>\n      <name>Bo Lamp</name>\n    </author>';
const lampContent = '<content src="https://news.example.com/lamp.pdf" type="application/pdf"/>';
const tombstone = '<at:deleted-entry ref="tag:news.example.com,2026-02-01:wrong"';

/** The rule, what is replaced in the good document, and by what. */
const mutations: [rule: string, from: string, to: string][] = [
  ['xml-well-formed', 'Fog holds', 'Fog \uFFFE holds'],
  ['xml-well-formed', 'xmlns:at="http://purl.org/atompub/tombstones/1.0"', ''],
  ['known-format', 'xmlns="http://www.w3.org/2005/Atom"', 'xmlns="http://purl.org/atom/ns#"'],
  ['atom-required', ferryId, ''],
  ['atom-required', '<title>Ferry &amp; Quay</title>', ''],
  ['atom-repeated-element', ferryTitle, ferryTitle + ferryTitle],
  ['atom-unknown-element', ferryTitle, `${ferryTitle}<description>Fog</description>`],
  ['atom-unknown-element', ferryTitle, `${ferryTitle}<fog xmlns=""/>`],
  ['atom-misplaced-entry', ferryTitle, `${ferryTitle}<at:x><entry/></at:x>`],
  ['atom-author', boLamp, ''],
  ['atom-alternate', `${lampLink}\n    ${lampContent}`, ''],
  ['atom-summary', '<summary>The lamp burns again.</summary>', ''],
  ['atom-id', ferryId, '<id>ferry</id>'],
  ['atom-id', '<id>tag:news.example.com,2026:news</id>', '<id>tag:news.example.com,2026:the news</id>'],
  [
    'atom-entry-unique',
    '<id>https://news.example.com/news/lamp</id>\n    <updated>2026-02-28T09:00:00.5+08:00',
    `${ferryId}<updated>2026-03-02T18:00:00+08:00`,
  ],
  ['atom-date', '2026-03-01T09:00:00+08:00', '2026-03-01T09:00:00'],
  ['atom-date', '2026-03-01T09:00:00+08:00', '2026-03-01t09:00:00z'],
  ['atom-date', '2026-03-01T09:00:00+08:00', '2026-02-29T09:00:00Z'],
  ['atom-updated', '<updated>2026-03-02T10:00:00Z', '<updated>2026-03-02T09:59:59Z'],
  ['atom-self-link', selfLink, ''],
  ['atom-self-link', selfLink, selfLink + selfLink],
  ['atom-self-link', 'href="https://news.example.com/atom.xml"', 'href="https://news.example.com/Atom.xml"'],
  ['atom-one-alternate', alternate, alternate + alternate],
  ['atom-link', lampLink, '<link href="/news/lamp"/>'],
  ['atom-link', lampLink, '<link href="https://a.example/x[1]"/>'],
  ['atom-link', lampLink, '<link href="https://a.example/x|1"/>'],
  ['atom-link', ' length="54321"', ' length="53 kB"'],
  ['atom-link', 'rel="enclosure" type="image/png"', 'rel="enclosure" type="png"'],
  ['atom-category', '<category term="Trade"', '<category label="Trade"'],
  ['atom-person', '<name>Ada Quay</name>', '<name/>'],
  ['atom-person', 'ada@example.org', 'ada'],
  ['atom-text', ferryTitle, '<title>Ferry <b xmlns="http://www.w3.org/1999/xhtml">late</b></title>'],
  ['atom-text', ferryTitle, '<title type="text/html">Ferry</title>'],
  ['atom-text', '<div xmlns="http://www.w3.org/1999/xhtml">', '<div xmlns="http://www.w3.org/1999/html">'],
  ['atom-content', '&lt;p&gt;&lt;a', '<b xmlns="http://www.w3.org/1999/xhtml"/>&lt;p&gt;&lt;a'],
  ['atom-content', lampContent, lampContent.replace('/>', '>See there</content>')],
  ['atom-content', '<content type="html">', '<content type="markdown">'],
  ['namespace', 'http://purl.org/syndication/history/1.0', 'http://purl.org/syndication/history/1.0/'],
  ['language', 'xml:lang="en"', 'xml:lang="en_GB"'],
  ['content-address', 'href="https://news.example.com/news/fog"', 'href="/news/fog"'],
  [
    'content-address',
    'href="https://news.example.com/news/fog"',
    'title="href=" href=//news.example.com/fog',
  ],
  ['hub-address', 'https://hub.example.net/', '/hub'],
  ['hub-unique', selfLink, `${selfLink}<link rel="hub" href="https://hub.example.net/"/>`],
  ['tombstone-place', ferryTitle, `${ferryTitle}<at:deleted-entry ref="tag:a" when="2026-01-01T00:00:00Z"/>`],
  ['tombstone', tombstone, '<at:deleted-entry ref="wrong"'],
  ['tombstone', ' when="2026-02-02T09:00:00Z"', ' when="2026-02-02"'],
  ['tombstone-entry', tombstone, '<at:deleted-entry ref="tag:news.example.com,2026-03-01:ferry"'],
];

/** The same for a document of the history. */
const historyMutations: [rule: string, from: string, to: string][] = [
  ['atom-link', 'https://news.example.com/archive/2026-01/', '/archive/2026-01/'],
  [
    'history-unique',
    '<fh:archive/>',
    '<fh:archive/><link rel="current" href="https://news.example.com/rss.xml"/>',
  ],
  ['history-loop', 'archive/2026-03', 'archive/2026-02'],
  ['history-current', '<link rel="current" href="https://news.example.com/atom.xml"/>', ''],
  ['history-next', '<fh:archive/>', ''],
  ['history-complete', '<fh:archive/>', '<fh:archive/><fh:complete/>'],
];

test('finds nothing wrong with good documents', () => {
  expect(lintFeed(good, { url, contentType: 'application/atom+xml' })).toEqual([]);
  expect(lintFeed(archive, { url: archiveUrl, contentType: 'application/atom+xml' })).toEqual([]);
});

test.each(mutations)('only %s faults a document in which %s has become %s', (rule, from, to) => {
  const faults = lintFeed(brokenBy(good, from, to), { url });

  expect([...new Set(faults.map((fault) => fault.rule))]).toEqual([rule]);
});

test.each(historyMutations)('only %s faults an archive in which %s has become %s', (rule, from, to) => {
  const faults = lintFeed(brokenBy(archive, from, to), { url: archiveUrl });

  expect([...new Set(faults.map((fault) => fault.rule))]).toEqual([rule]);
});

test('each rule of Atom is broken by a document of its own, but those of other modules', () => {
  const broken = new Set([...mutations, ...historyMutations].map(([rule]) => rule));
  const ofRss = ['content-encoded', 'dc-creator', 'media-content', 'media-thumbnail', 'sy-update'];

  expect(lintRules.atom.filter((rule) => !broken.has(rule))).toEqual(ofRss);
});

test('takes a code example for text, not for an address', () => {
  const example = '&lt;pre&gt;&amp;lt;a href="/x"&amp;gt;&lt;/pre&gt;';

  expect(lintFeed(brokenBy(good, '&lt;p&gt;', `${example}&lt;p&gt;`), { url })).toEqual([]);
});
