import { beforeAll, expect, test } from 'vitest';
import { png } from '../infra/content-folder.ts';
import { articleFile, closeSound, type Site, startSite } from '../support/site.ts';

let site: Site;

const siteYaml = `
title: Sample News
description: What a sample has to say
authority: news.example.com
language: en
timeZone: Asia/Shanghai
address: [Sample News Ltd, 1 Pier Road]
sources: [{ name: Quay Desk, url: https://quay.example/, credit: First told by Quay Desk }]
`;

const main = articleFile(
  'Ministers & <talks>',
  '2015-12-02T10:36:55+08:00',
  [
    'source: { name: Quay Desk }',
    'views: 930',
    'category: Trade',
    'tags: [Port, 港口]',
    'authors: [Li Wei]',
    'aliases: [old-talks]',
    'image: { url: /media/pier.png, alt: A pier }',
  ],
  '# Heading\n\nThe *talks* at [home](/news/before).\n\n![pier](../media/pier.png)',
);

beforeAll(async () => {
  site = await startSite({
    files: {
      'site.yaml': siteYaml,
      'media/pier.png': png,
      'articles/talks.md': main,
      'articles/before.md': articleFile('Before', '2015-12-01T10:00:00+08:00'),
      'articles/after.md': articleFile('After', '2015-12-03T10:00:00+08:00', ['language: zh-CN']),
      'articles/later.md': articleFile('Later', '2039-12-03T10:00:00+08:00'),
      'articles/sketch.md': articleFile('Sketch', '2015-12-02T10:00:00+08:00', ['draft: true']),
    },
  });
  return () => closeSound(site);
});

test('shows what a detail page has to show', async () => {
  const { views } = await site.json('/news/talks');
  const response = await site.fetch('/news/talks', { headers: { Accept: 'text/html' } });

  const page = await response.text();

  expect(response.status).toBe(200);
  expect(response.headers.get('content-type')).toMatch(/^text\/html; charset=utf-8$/i);
  expect(response.headers.get('vary')?.split(', ')).toContain('Accept');
  expect(views).toBeGreaterThanOrEqual(930);
  expect(response.headers.get('cache-control')).toBe('private, no-cache');
  expect(response.headers.get('etag')).toBeNull();
  for (const shown of [
    '<a href="/">Home</a>',
    '<a href="/news">News</a>',
    '<h1 class="p-name">Ministers &amp; &lt;talks&gt;</h1>',
    'Update date: <time datetime="2015-12-02T10:36:55+08:00" class="dt-published dt-updated" title="Asia/Shanghai, UTC+08:00">2015-12-02 10:36:55</time>',
    '<a href="https://quay.example/">Quay Desk</a>',
    `Views: ${views + 1}`,
    'The <em>talks</em> at <a href="/news/before">home</a>.',
    '<h2 id="text-heading">Heading</h2>',
    'First told by Quay Desk',
    'Previous: <a href="/news/before"',
    'Next: <a href="/news/after"',
    '<bdi>1 Pier Road</bdi>',
  ])
    expect(page).toContain(shown);
});

test('answers every field as JSON, by Accept and by .json', async () => {
  const byName = await site.json('/news/talks.json');
  const byAccept = await site.json('/news/talks');

  expect(byName).toEqual({ ...byAccept, views: byName.views });
  expect(byName).toEqual({
    id: 'tag:news.example.com,2015-12-02:talks',
    slug: 'talks',
    url: `${site.url}/news/talks`,
    title: 'Ministers & <talks>',
    summary: 'The talks at home.',
    publishedAt: '2015-12-02T10:36:55+08:00',
    updatedAt: '2015-12-02T10:36:55+08:00',
    category: 'Trade',
    tags: ['Port', '港口'],
    language: 'en',
    contentHtml: expect.stringContaining(`<a href="${site.url}/news/before">home</a>`),
    source: { name: 'Quay Desk', url: 'https://quay.example/', credit: 'First told by Quay Desk' },
    authors: ['Li Wei'],
    corrections: [],
    original: null,
    image: {
      url: expect.stringMatching(/^http:.*\/media\/pier-[0-9a-f]{16}\.png$/),
      sizes: [expect.objectContaining({ width: 1, type: 'image/webp' })],
      alt: 'A pier',
      width: 1,
      height: 1,
      type: 'image/png',
      length: png.length,
    },
    views: expect.any(Number),
    previous: { slug: 'before', title: 'Before', url: `${site.url}/news/before` },
    next: { slug: 'after', title: 'After', url: `${site.url}/news/after` },
  });
});

test.each([
  ['text/html,application/xhtml+xml,*/*;q=0.8', 'text/html'],
  ['*/*', 'text/html'],
  ['application/json', 'application/json'],
  ['application/json;q=0.9, text/html;q=0.1', 'application/json'],
  ['application/json; charset=utf-8', 'application/json'],
  ['application/json;profile="a;q=0.1, text/html";q=0.9, text/html;level=1;q=0.5', 'application/json'],
  ['text/html; charset=utf-8, application/json;charset=utf-8;q=0.9', 'text/html'],
  ['text/html, application/json', 'text/html'],
  ['image/png', 'text/html'],
])('answers Accept: %s with %s', async (accept, type) => {
  const response = await site.fetch('/news/before', { headers: { Accept: accept } });

  expect(response.headers.get('content-type')).toContain(type);
});

test.each([
  ['/news/nothing', 404],
  ['/news/nothing.json', 404],
  ['/news/later', 404],
  ['/news/later.json', 404],
  ['/news/sketch', 404],
  ['/tag/nothing', 404],
  ['/tag/nothing/rss.xml', 404],
  ['/media/nothing.png', 404],
  ['/nowhere/at/all', 404],
  ['/news?before=nonsense', 400],
])('answers %s with %d, as problem+json or a page for browsers', async (path, status) => {
  const plain = await site.fetch(path);
  const page = await site.fetch(path, { headers: { Accept: 'text/html' } });

  expect([plain.status, page.status]).toEqual([status, status]);
  expect(plain.headers.get('content-type')).toBe('application/problem+json');
  expect(await plain.json()).toMatchObject({ status, title: expect.any(String) });
  expect(page.headers.get('content-type')).toMatch(/^text\/html/);
});

test('keeps what is not to be seen out of neighbours and lists', async () => {
  const after = await site.json('/news/after');
  const { items } = await site.json('/news');

  expect(after.next).toBeNull();
  expect(items.map(({ slug }: { slug: string }) => slug)).toEqual(['after', 'talks', 'before']);
});

test('redirects an old slug for good', async () => {
  const page = await site.fetch('/news/old-talks');
  const json = await site.fetch('/news/old-talks.json');
  const marked = await site.fetch('/news/old-talks?utm_source=letter');

  expect(marked.headers.get('location')).toBe(`${site.url}/news/talks?utm_source=letter`);
  expect([page.status, page.headers.get('location')]).toEqual([308, `${site.url}/news/talks`]);
  expect([json.status, json.headers.get('location')]).toEqual([308, `${site.url}/news/talks.json`]);
});

test.each([
  ['/', 'GET, HEAD, OPTIONS'],
  ['/news/talks', 'GET, HEAD, OPTIONS'],
  ['/news/talks/views', 'POST, OPTIONS'],
  ['/tag/port', 'GET, HEAD, OPTIONS'],
  ['/rss.xml', 'GET, HEAD, OPTIONS'],
])('refuses other methods at %s and says which there are', async (path, allow) => {
  const refused = await site.fetch(path, { method: 'PATCH' });
  const asked = await site.fetch(path, { method: 'OPTIONS' });

  expect([refused.status, refused.headers.get('allow')]).toEqual([405, allow]);
  expect([asked.status, asked.headers.get('allow')]).toEqual([204, allow]);
  expect(asked.headers.get('access-control-allow-origin')).toBe('*');
});

test.each(['/', '/news/talks', '/news/talks.json', '/rss.xml', '/feed.json', '/tag/port'])(
  'answers HEAD at %s as GET without the body',
  async (path) => {
    const get = await site.fetch(path);
    const head = await site.fetch(path, { method: 'HEAD' });

    expect(head.status).toBe(get.status);
    expect(await head.text()).toBe('');
    for (const name of ['content-type', 'cache-control', 'etag', 'vary', 'last-modified'])
      expect(head.headers.get(name)).toBe(get.headers.get(name));
  },
);

test('lets no page run script, be framed or be guessed at', async () => {
  const { headers } = await site.fetch('/news/talks');

  const policy = headers.get('content-security-policy');

  expect(policy).toContain("default-src 'none'");
  expect(policy).toContain("frame-ancestors 'none'");
  expect(policy).not.toMatch(/script-src|unsafe/);
  expect(headers.get('x-content-type-options')).toBe('nosniff');
  expect(headers.get('referrer-policy')).toBe('strict-origin-when-cross-origin');
});

test.each(['br', 'gzip'])('sends pages and feeds as %s to those who take it', async (encoding) => {
  for (const path of ['/news/talks', '/rss.xml', '/feed.json']) {
    const { headers } = await site.fetch(path, { headers: { 'Accept-Encoding': encoding } });

    expect(headers.get('content-encoding')).toBe(encoding);
    expect(headers.get('vary')?.split(', ')).toContain('Accept-Encoding');
  }
});

test('serves an image under the hash of its content, for ever', async () => {
  const { image } = await site.json('/news/talks');

  const named = await site.fetch('/media/pier.png');
  const hashed = await site.fetch(new URL(image.url).pathname);
  const outdated = await site.fetch('/media/pier.0123456789abcdef.png');

  expect([named.status, named.headers.get('location')]).toEqual([302, image.url]);
  expect([outdated.status, outdated.headers.get('location')]).toEqual([302, image.url]);
  expect(Buffer.from(await hashed.arrayBuffer())).toEqual(png);
  expect(hashed.headers.get('content-type')).toBe('image/png');
  expect(hashed.headers.get('cache-control')).toBe('public, max-age=31536000, immutable');
});

test('leads addresses with a slash at the end to those without', async () => {
  const response = await site.fetch('/news/talks/');

  expect([response.status, response.headers.get('location')]).toEqual([308, `${site.url}/news/talks`]);
});
