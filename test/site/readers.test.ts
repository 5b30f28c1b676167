import { beforeAll, expect, test } from 'vitest';
import { lintAddress } from '../../infra/tools/lint/lint-address.ts';
import { newswire } from '../support/newswire.ts';
import { npmReaders, type ReadEntry } from '../support/readers/npm-readers.ts';
import { articleFile, closeSound, type Site, startSite } from '../support/site.ts';

const source = 'source: { name: Quay Notes, url: "https://quay.example.org/1?a=1&b=2" }';
const labels = ['category: Trade & Tides', 'tags: ["港口", "true"]'];
const files = {
  'articles/ferry.md': articleFile(
    'Ferry & “quay” <i>late</i>, 5 < 6 ]]> &amp;',
    '2026-03-01T09:00:00+08:00',
    [
      ...labels,
      source,
      'authors: ["Ada & Bo", "Cy <cy@example.org>"]',
      'updatedAt: 2026-03-02T10:00:00Z',
      'image: { url: "https://images.example.net/fog?size=1&w=2", alt: "Fog & a <quay>" }',
    ],
    [
      'See [the lamp](/news/lamp?x=1&y=2 "a \\"title\\""), `a && b < c`, and 5 < 6 ]]> &amp; &#x26;.',
      '![Fog](https://images.example.net/fog.png)',
      '```\nif (a < b) "x" & \'y\'\n```',
    ].join('\n\n'),
  ),
  'articles/lamp.md': articleFile(
    '灯塔重新亮起 💡',
    '2026-02-28T09:00:00.123Z',
    [...labels, 'language: zh-CN'],
    '港口的灯塔 👩‍👩‍👧 又亮了。𠮷',
  ),
  'articles/old.md': articleFile('Old', '2015-12-02T10:36:55+08:00', [
    'guid: "https://old.example.org/?p=1&q=2"',
  ]),
};
const streams = [
  '',
  '/category/trade-tides',
  `/tag/${encodeURIComponent('港口')}`,
  '/tag/true',
  '/source/quay-notes',
];
const documents = { rss: 'rss.xml', atom: 'atom.xml', json: 'feed.json' };

const cases = streams.flatMap((stream) =>
  (['rss', 'atom', 'json'] as const).flatMap((format) =>
    npmReaders[format].map(({ name, read }) => ({
      path: `${stream}/${documents[format]}`,
      stream,
      name,
      read,
    })),
  ),
);

let site: Site;
/** Of every feed, by its path. */
const texts = new Map<string, string>();

beforeAll(async () => {
  site = await startSite({ files });
  for (const { path } of cases) texts.set(path, texts.get(path) ?? (await (await site.fetch(path)).text()));
  return () => closeSound(site);
});

/** The entries as JSON Feed tells them to whoever reads JSON. */
function entriesOf(stream: string): { title: string; entries: ReadEntry[] } {
  const { title, items } = JSON.parse(texts.get(`${stream}/feed.json`) ?? '');
  return {
    title,
    entries: items.map((item: Record<string, string>) => ({
      ...{ title: item.title, link: item.url, id: item.id, content: item.content_html, image: item.image },
      published: new Date(item.date_published ?? '').toISOString(),
      updated: new Date(item.date_modified ?? '').toISOString(),
    })),
  };
}

function inSeconds(entry: ReadEntry): ReadEntry {
  return JSON.parse(JSON.stringify(entry).replace(/(T\d\d:\d\d:\d\d)\.\d{3}Z/g, '$1.000Z'));
}

test.each(cases)('$name reads $path as it was meant', async ({ path, stream, read }) => {
  const expected = entriesOf(stream);

  const found = await read(texts.get(path) ?? '', site.url + path);

  expect(found.title).toBe(expected.title);
  expect(found.entries).toHaveLength(expected.entries.length);
  // RSS has no part of a second.
  const entries = path.endsWith('rss.xml') ? expected.entries.map(inSeconds) : expected.entries;
  for (const [index, entry] of found.entries.entries()) expect(entries[index]).toMatchObject(entry);
});

test('feeds hold what the articles say', () => {
  const { entries } = entriesOf('');

  expect(entries.map(({ title, id, published, updated }) => [title, id, published, updated])).toEqual([
    [
      'Ferry & “quay” <i>late</i>, 5 < 6 ]]> &amp;',
      'tag:news.example.com,2026-03-01:ferry',
      '2026-03-01T01:00:00.000Z',
      '2026-03-02T10:00:00.000Z',
    ],
    [
      '灯塔重新亮起 💡',
      'tag:news.example.com,2026-02-28:lamp',
      '2026-02-28T09:00:00.123Z',
      '2026-02-28T09:00:00.123Z',
    ],
    ['Old', 'https://old.example.org/?p=1&q=2', '2015-12-02T02:36:55.000Z', '2015-12-02T02:36:55.000Z'],
  ]);
  expect(entries[0]?.content).toContain(`href="${site.url}/news/lamp?x=1&amp;y=2"`);
  expect(entries[0]?.content).toContain('<code>a &amp;&amp; b &lt; c</code>');
});

test.each(streams)(
  'the lint finds nothing wrong with the feeds that the page of "%s" announces',
  async (stream) => {
    const page = await lintAddress(`${site.url}${stream || '/'}`);
    const feeds = await Promise.all(page.next.map((url) => lintAddress(url)));

    expect(page.faults).toEqual([]);
    expect(page.next.slice(0, 3)).toEqual(
      Object.values(documents).map((file) => `${site.url}${stream}/${file}`),
    );
    expect(feeds.flatMap(({ faults }) => faults)).toEqual([]);
  },
);

test('the command lints the feeds of a page, prints what it looked at and succeeds', async () => {
  const urls = ['/', '/rss.xml', '/atom.xml', '/feed.json'].map((path) => site.url + path);

  expect(await newswire('lint', site.url)).toEqual({
    code: 0,
    out: [...urls.map((url) => `ok      ${url}`), '0 fatal, 0 errors, 0 advice in 4 documents'],
    err: [],
  });
});

test('the command prints each fault with its place, and fails', async () => {
  const { code, out } = await newswire('lint', `${site.url}/sitemap.xml`);

  expect(code).toBe(1);
  expect(out[0]).toBe(
    `fatal   ${site.url}/sitemap.xml known-format (/): The root element {http://www.sitemaps.org/schemas/sitemap/0.9}:urlset is neither rss nor an Atom feed`,
  );
});
