import { beforeAll, describe, expect, test } from 'vitest';
import { articleFile, closeSound, type Site, startSite } from '../support/site.ts';

const files = Object.fromEntries(
  Array.from({ length: 24 }, (_, index) => [
    `articles/news-${index}.md`,
    articleFile(`News ${index}`, `2026-01-${String(index + 1).padStart(2, '0')}T10:00:00+08:00`, [
      'category: Trade',
      'tags: [港口]',
    ]),
  ]),
);
const baseUrl = 'https://news.example.com';
const feeds = [
  '/rss.xml',
  '/atom.xml',
  '/feed.json',
  '/category/trade/rss.xml',
  `/tag/${encodeURIComponent('港口')}/atom.xml`,
];

let site: Site;

beforeAll(async () => {
  site = await startSite({ files, baseUrl });
  return () => closeSound(site);
});

test.each(feeds)('holds the 20 newest articles at %s', async (path) => {
  const text = await (await site.fetch(path)).text();

  const slugs = [...text.matchAll(/2026-01-\d\d:(news-\d+)\b/g)].map(([, slug]) => slug);

  expect([...new Set(slugs)]).toEqual(Array.from({ length: 20 }, (_, index) => `news-${23 - index}`));
});

test.each([
  ['/rss.xml', 'application/rss+xml; charset=utf-8'],
  ['/atom.xml', 'application/atom+xml; charset=utf-8'],
  ['/feed.json', 'application/feed+json; charset=utf-8'],
])('tells the type and life of %s', async (path, type) => {
  const { headers } = await site.fetch(path);

  expect(headers.get('content-type')).toBe(type);
  expect(headers.get('cache-control')).toBe('public, max-age=300');
  expect(headers.get('etag')).toMatch(/^W\/"[\w-]{27}"$/);
  expect(headers.get('last-modified')).toBe('Sat, 24 Jan 2026 02:00:00 GMT');
  expect(headers.get('access-control-allow-origin')).toBe('*');
  expect(headers.get('set-cookie')).toBeNull();
});

test.each(['/rss.xml', '/category/trade/atom.xml'])('shows %s in a browser by a stylesheet', async (path) => {
  const shown = await site.fetch(path, { headers: { 'Sec-Fetch-Dest': 'document' } });
  const read = await site.fetch(path);
  const text = await shown.text();
  const [, href = ''] = /^<\?xml-stylesheet type="text\/css" href="([^"]+)"\?>$/m.exec(text) ?? [];
  const style = await site.fetch(href.replace(baseUrl, ''));

  expect(shown.headers.get('content-type')).toBe('application/xml; charset=utf-8');
  expect(shown.headers.get('x-content-type-options')).toBe('nosniff');
  expect(text).toBe(await read.text());
  for (const { headers } of [shown, read])
    expect(headers.get('vary')?.split(', ')).toContain('Sec-Fetch-Dest');
  expect([style.status, style.headers.get('content-type')]).toEqual([200, 'text/css; charset=utf-8']);
  expect(style.headers.get('cache-control')).toBe('public, max-age=3600');
  expect(style.headers.get('etag')).toMatch(/^W\//);
});

test('answers the stylesheet under the address that older feeds named, whatever its hash', async () => {
  const [kept, current] = await Promise.all(
    ['/feed.0123456789abcdef.css', '/feed.css'].map(async (path) => (await site.fetch(path)).text()),
  );

  expect(kept).toBe(current);
});

test('takes a reader that names HTML in Accept for no browser', async () => {
  const accept = 'application/xml, application/atom+xml, application/rss+xml, text/html, */*;q=0.9';
  const { headers } = await site.fetch('/rss.xml', { headers: { Accept: accept } });

  expect(headers.get('content-type')).toBe('application/rss+xml; charset=utf-8');
});

test.each(feeds)('answers a poll of what did not change at %s with 304', async (path) => {
  const { headers } = await site.fetch(path);
  const etag = headers.get('etag') ?? '';
  const strong = etag.slice('W/'.length);
  const asked: Record<string, string>[] = [
    { 'If-None-Match': etag },
    { 'If-None-Match': strong },
    { 'If-None-Match': `"other", ${etag}` },
    { 'If-None-Match': '*' },
    { 'If-Modified-Since': headers.get('last-modified') ?? '' },
    { 'If-Modified-Since': 'Sun, 01 Feb 2026 00:00:00 GMT' },
    { 'If-None-Match': etag, 'If-Modified-Since': 'Thu, 01 Jan 1970 00:00:00 GMT' },
    { 'If-None-Match': etag, 'Accept-Encoding': 'gzip' },
  ];

  for (const conditions of asked) {
    const answer = await site.fetch(path, { headers: conditions });

    expect([conditions, answer.status]).toEqual([conditions, 304]);
    expect(await answer.text()).toBe('');
    for (const name of ['etag', 'cache-control', 'vary'])
      expect(answer.headers.get(name)).toBe(headers.get(name));
  }
});

test.each<Record<string, string>>([
  { 'If-None-Match': '"other"' },
  { 'If-None-Match': '"other"', 'If-Modified-Since': 'Sun, 01 Feb 2026 00:00:00 GMT' },
  { 'If-Modified-Since': 'Fri, 23 Jan 2026 23:59:59 GMT' },
  { 'If-Modified-Since': 'the day before yesterday' },
])('answers %o with the document', async (headers) => {
  const answer = await site.fetch('/rss.xml', { headers });

  expect(answer.status).toBe(200);
});

test('sends the same document compressed or not', async () => {
  const plain = await (await site.fetch('/rss.xml', { headers: { 'Accept-Encoding': 'identity' } })).text();
  const packed = await site.fetch('/rss.xml', { headers: { 'Accept-Encoding': 'gzip' } });

  // fetch has unpacked it.
  expect(packed.headers.get('content-encoding')).toBe('gzip');
  expect(await packed.text()).toBe(plain);
});

/** Each feed with its validators. */
function readFeeds(from: Site): Promise<unknown[]> {
  return Promise.all(
    feeds.map(async (path) => {
      const answer = await from.fetch(path);
      return [path, answer.headers.get('etag'), answer.headers.get('last-modified'), await answer.text()];
    }),
  );
}

describe('a second stage with empty tables', () => {
  let second: Site;
  let fromBoth: unknown[][];

  beforeAll(async () => {
    second = await startSite({ files, baseUrl });
    fromBoth = await Promise.all([site, second].map(readFeeds));
    return () => closeSound(second);
  });

  test('gives the same bytes and validators', () => {
    expect(fromBoth[1]).toEqual(fromBoth[0]);
  });

  test('has a new validator, and the new entry, as soon as an article is published', async () => {
    const before = await second.fetch('/category/trade/rss.xml');
    const text = articleFile('Fresh', '2026-02-01T10:00:00+08:00', ['category: Trade']);

    await second.save({ 'articles/fresh.md': text });
    const after = await second.fetch('/category/trade/rss.xml', {
      headers: { 'If-None-Match': before.headers.get('etag') ?? '' },
    });
    await second.save({ 'articles/fresh.md': undefined });

    expect(after.status).toBe(200);
    expect(await after.text()).toContain('<title>Fresh</title>');
    expect(after.headers.get('etag')).not.toBe(before.headers.get('etag'));
  });

  test('tells Atom readers of a removed article, and leaves it out of every feed', async () => {
    await second.save({
      'articles/wrong.md': articleFile('Wrong', '2026-03-01T10:00:00+08:00', ['tags: [port]']),
    });

    await second.save({ 'articles/wrong.md': undefined });
    const atom = await (await second.fetch('/tag/port/atom.xml')).text();
    const rss = await (await second.fetch('/rss.xml')).text();

    expect(atom).toContain('<at:deleted-entry ref="tag:news.example.com,2026-03-01:wrong"');
    expect(atom).not.toContain('<entry>');
    expect(rss).not.toContain('wrong');
  });
});
