import { expect, test } from 'vitest';
import { lintFeed, lintRules } from '../../functions/lint/lint-feed.ts';
import { brokenBy, readGood } from './lint-documents.ts';

const url = 'https://news.example.com/rss.xml';
const good = readGood('good.rss.xml');
const first = '<title>Ferry runs &#x3C;late&#x3E;</title>';
const archive = 'https://news.example.com/archive/2026-02/rss.xml" rel="prev-archive"/>';
const enclosure = '<enclosure url="https://news.example.com/media/fog.png" length="54321" type="image/png"/>';

/** The rule, what is replaced in the good document, and by what. */
const mutations: [rule: string, from: string, to: string][] = [
  ['xml-well-formed', 'Fog holds', 'Fog \u0008 holds'],
  ['xml-well-formed', 'Fog holds', 'Fog &nbsp; holds'],
  ['xml-well-formed', 'Fog holds', 'Fog & holds'],
  ['xml-well-formed', 'Fog holds', 'Fog &#x0; holds'],
  ['xml-well-formed', 'Fog holds', 'Fog ]]> holds'],
  ['xml-well-formed', '<dc:creator>Ada Quay</dc:creator>', '<dcterms:creator>Ada Quay</dcterms:creator>'],
  ['xml-well-formed', '</channel>\n</rss>', '</channel>'],
  ['xml-well-formed', 'encoding="utf-8"', 'encoding="iso-8859-1"'],
  ['xml-well-formed', '<rss ', '<!DOCTYPE rss [<!ENTITY a "b">]>\n<rss '],
  ['rss-version', 'rss version="2.0"', 'rss version="0.92"'],
  [
    'rss-one-channel',
    '</channel>\n',
    '</channel>\n<channel><title>A</title><link>https://a.example/</link><description>A</description><atom:link href="https://news.example.com/rss.xml" rel="self" type="application/rss+xml"/></channel>\n',
  ],
  ['rss-channel-required', '<description>News of the harbour</description>', '<description/>'],
  ['rss-channel-required', '    <link>https://news.example.com/news</link>\n    <desc', '    <desc'],
  ['rss-item-text', '<title>Lamp mended</title>', ''],
  ['rss-unknown-element', first, `${first}<summary>Fog</summary>`],
  ['rss-misplaced-item', '</channel>', '</channel><item><title>A</title></item>'],
  ['rss-repeated-element', first, `${first}${first}`],
  ['rss-date', 'Sun, 01 Mar 2026', 'Mon, 01 Mar 2026'],
  ['rss-date', 'Sat, 28 Feb 2026', '30 Feb 2026'],
  ['rss-date', '2026 09:00:00 +0800', '26 09:00:00 +0800'],
  ['rss-date', '28 Feb 2026 09:00:00 GMT', '28 Feb 2026 09:00:00'],
  ['rss-build-date', 'Mon, 02 Mar 2026 10:00:00 GMT', 'Sun, 01 Mar 2026 00:59:59 GMT'],
  ['rss-guid', '<guid>https://news.example.com/news/lamp</guid>', ''],
  [
    'rss-guid-unique',
    '<guid>https://news.example.com/news/lamp</guid>',
    '<guid isPermaLink="false">tag:news.example.com,2026-03-01:ferry</guid>',
  ],
  ['rss-guid-permalink', '<guid>https://news.example.com/news/lamp</guid>', '<guid>lamp</guid>'],
  ['rss-address', '<link>https://news.example.com/news/ferry</link>', '<link>/news/ferry</link>'],
  ['rss-address', '<enclosure url="https://news.example.com', '<enclosure url="'],
  ['rss-address', 'https://news.example.com/logo.png', 'ftp://news.example.com/logo.png'],
  ['rss-enclosure', ' length="54321"', ''],
  ['rss-enclosure', ' length="54321"', ' length="53 kB"'],
  ['rss-enclosure', ' type="image/png"/>', ' type="image"/>'],
  ['rss-author', 'desk@example.org (Harbour Desk)', 'Harbour Desk'],
  ['rss-image', '<url>https://news.example.com/logo.png</url>', ''],
  [
    'rss-image-of-channel',
    '<title>Ferry &#x26; Quay</title>\n      <link>',
    '<title>Ferry</title>\n      <link>',
  ],
  ['rss-source', '<source url="https://gazette.example.org/rss.xml">', '<source>'],
  ['rss-language', '<language>en</language>', '<language>English, mostly</language>'],
  ['rss-self-link', 'href="https://news.example.com/rss.xml"', 'href="http://news.example.com/rss.xml"'],
  ['rss-self-link', ' rel="self" type="application/rss+xml"', ' rel="self"'],
  ['rss-plain-text', first, '<title>Ferry runs &lt;late&gt;</title>'],
  ['rss-plain-text', first, '<title><![CDATA[Ferry runs <late>]]></title>'],
  ['rss-plain-text', '<description>News of', '<description>News &amp; views of'],
  ['rss-one-enclosure', enclosure, enclosure + enclosure],
  [
    'rss-description-first',
    '<description>Fog holds the ferry.</description>\n      <content:encoded>&lt;p&gt;&lt;a href=&quot;https://news.example.com/news/fog&quot;&gt;Fog&lt;/a&gt; holds the ferry.&lt;/p&gt;</content:encoded>',
    '<content:encoded>Fog</content:encoded><description>Fog</description>',
  ],
  ['rss-author-name', 'desk@example.org (Harbour Desk)', 'desk@example.org'],
  ['rss-text-input', '<language>', '<textInput><title>S</title></textInput><language>'],
  ['namespace', 'http://search.yahoo.com/mrss/', 'http://search.yahoo.com/mrss'],
  ['language', first, '<title xml:lang="en_GB">Ferry</title>'],
  ['content-address', 'href=&quot;https://news.example.com/news/fog', 'href=&quot;/news/fog'],
  ['content-address', 'Fog holds the ferry.<', 'Fog &lt;img srcset="https://a.example/b 1x, b.png 2x"&gt;<'],
  ['content-address', 'Fog holds the ferry.<', 'Fog &lt;video poster="fog.png"&gt;&lt;/video&gt;<'],
  ['content-encoded', '&lt;p&gt;&lt;a', '<b/>&lt;p&gt;&lt;a'],
  ['dc-creator', 'Ada Quay', ' '],
  ['media-content', ' medium="image"', ''],
  ['media-content', '<media:content url="https://news.example.com', '<media:content url="'],
  ['media-thumbnail', '<media:thumbnail url="https://news.example.com', '<media:thumbnail url="'],
  ['sy-update', '>hourly<', '>often<'],
  ['sy-update', '>2<', '>0<'],
  ['hub-address', 'https://hub.example.net/', 'hub.example.net'],
  [
    'hub-unique',
    '<atom:link href="https://hub.example.net/" rel="hub"/>',
    '<atom:link href="https://hub.example.net/" rel="hub"/>'.repeat(2),
  ],
  ['atom-link', archive, archive.replace('https://news.example.com', '')],
  [
    'history-unique',
    archive,
    `${archive}<atom:link href="https://news.example.com/archive/2026-01/rss.xml" rel="prev-archive"/>`,
  ],
  ['history-loop', archive, archive.replace('archive/2026-02/rss.xml', 'rss.xml')],
  ['history-current', '<language>', '<fh:archive/><language>'],
  ['history-next', 'rel="prev-archive"', 'rel="next-archive"'],
  [
    'history-complete',
    '<language>',
    '<fh:archive/><fh:complete/><atom:link rel="current" href="https://news.example.com/current.xml"/><language>',
  ],
  ['known-format', good, '<opml version="2.0"/>'],
];

test('finds nothing wrong with a good document', () => {
  expect(lintFeed(good, { url, contentType: 'application/rss+xml; charset=utf-8' })).toEqual([]);
});

test.each(mutations)('only %s faults a document in which %s has become %s', (rule, from, to) => {
  const faults = lintFeed(brokenBy(good, from, to), { url });

  expect([...new Set(faults.map((fault) => fault.rule))]).toEqual([rule]);
});

test('each rule of RSS is broken by a document of its own', () => {
  const broken = new Set(mutations.map(([rule]) => rule));

  expect(lintRules.rss.filter((rule) => !broken.has(rule))).toEqual([]);
});

test.each(['application/xml', 'text/html; charset=utf-8', 'application/rss+xml; charset=iso-8859-1'])(
  'faults RSS that is served as %s',
  (contentType) => {
    const faults = lintFeed(good, { url, contentType });

    expect(faults.map(({ rule }) => rule)).toEqual(['media-type']);
  },
);

test('tells the line and the element of a fault', () => {
  const broken = brokenBy(good, '<guid>https://news.example.com/news/lamp</guid>', '<guid>lamp</guid>');

  expect(lintFeed(broken, { url })).toEqual([
    {
      rule: 'rss-guid-permalink',
      level: 'error',
      message: 'A guid that is no address has to say isPermaLink="false"',
      place: 'line 36, rss/channel/item[2]/guid',
    },
  ]);
});
