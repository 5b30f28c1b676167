import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import type { Answer } from '../../infra/tools/api/http.ts';
import { expectWellFormed, readPage, site, siteUrl } from './site.ts';

const sitemaps = ['/sitemap.xml', '/news-sitemap.xml'];

test.each(['/feeds', '/about'])('%s is a page that need not be sent twice', async (path) => {
  const { header } = await readPage(path);

  const again = await site.read(path, { headers: { 'if-none-match': header('etag') ?? '' } });

  expect(again.status).toBe(304);
});

test('/corrections is a list with feeds, also without corrections', async () => {
  expect(await site.json('/corrections')).toMatchObject({ stream: 'corrections' });
  for (const file of ['rss.xml', 'atom.xml', 'feed.json'])
    expect((await site.read(`/corrections/${file}`)).status).toBe(200);
});

test('/opml.xml names the feed of all news', async () => {
  const text = await readDocument('/opml.xml', 'text/x-opml');

  expect(text).toContain('<opml version="2.0">');
  expect(text).toContain(`xmlUrl="${siteUrl}/atom.xml"`);
});

test.each(sitemaps)('%s is a sitemap', async (path) => {
  expect(await readDocument(path, 'application/xml')).toMatch(
    /<(urlset|sitemapindex) xmlns="http:\/\/www\.sitemaps\.org\//,
  );
});

test('/robots.txt names the sitemaps', async () => {
  const { status, header, text } = await site.read('/robots.txt');

  expect(status).toBe(200);
  expect(header('content-type')).toContain('text/plain');
  const named = [...text.matchAll(/^Sitemap: (.*)$/gm)].map(([, url]) => url);
  expect(named).toEqual(sitemaps.map((path) => siteUrl + path));
});

test('/openapi.json describes the site, and what it names is there', async () => {
  const { openapi, servers, paths } = await site.json('/openapi.json');

  expect(openapi).toMatch(/^3\.1\./);
  expect(servers).toEqual([{ url: siteUrl }]);
  expect(Object.keys(paths)).toContain('/news/{slug}');
  for (const [path, { get }] of Object.entries<{ get?: { security?: object[] } }>(paths))
    if (get && !get.security && !path.includes('{'))
      expect({ path, status: (await site.read(path)).status }).toEqual({ path, status: 200 });
});

test('the stylesheet of pages may be kept for ever, and is named by its content', async () => {
  const { text } = await site.readFresh('/');
  const [, url = ''] = /<link rel="stylesheet" href="([^"]+)"/.exec(text) ?? [];
  expect(url).toMatch(/\.[0-9a-f]+\.css$/);

  const answer = await site.read(url.replace(siteUrl, ''));

  expectImmutable(answer, /^text\/css;/);
  const hash = createHash('sha256').update(answer.body).digest('hex');
  expect(hash.startsWith(`${url.split('.').at(-2)}`)).toBe(true);
});

test('the stylesheet of feeds is where they name it', async () => {
  const { text } = await site.readFresh('/rss.xml');
  const [, url = ''] = /<\?xml-stylesheet type="text\/css" href="([^"]+)"/.exec(text) ?? [];
  expect(url).toContain(`${siteUrl}/`);

  const { status, header } = await site.read(url.replace(siteUrl, ''));

  expect(status).toBe(200);
  expect(header('content-type')).toMatch(/^text\/css;/);
});

test('an image of an article may be kept for ever', async ({ skip }) => {
  const { text } = await site.readFresh('/feed.json');
  const [url] = text.split(/[\s"\\]+/).filter((part) => part.startsWith(`${siteUrl}/media/`));
  if (!url) return skip('none of the newest articles shows an image of the site');

  const answer = await site.read(url.slice(siteUrl.length));

  expectImmutable(answer, /^image\//);
  // The first bytes: binary that was taken for text, or the reverse, has others.
  expect(answer.body.toString('latin1', 0, 12)).toMatch(
    /^(\x89PNG\r\n|\xff\xd8\xff|GIF8|RIFF.{4}WEBP|.{4}ftyp)/s,
  );
});

test('/favicon.ico is an icon', async () => {
  const { status, header, body } = await site.read('/favicon.ico');

  expect(status).toBe(200);
  expect(header('content-type')).toMatch(/^image\//);
  expect(body.toString('hex', 0, 4)).toBe('00000100');
});

async function readDocument(path: string, type: string): Promise<string> {
  const { status, header, text } = await site.read(path);
  expect(status).toBe(200);
  expect(header('content-type')).toContain(type);
  expectWellFormed(path, text);
  return text;
}

function expectImmutable({ status, header }: Answer, type: RegExp): void {
  expect(status).toBe(200);
  expect(header('content-type')).toMatch(type);
  expect(header('cache-control')).toContain('immutable');
}
