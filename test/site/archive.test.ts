import { beforeAll, expect, test } from 'vitest';
import { change } from '../support/corrupt.ts';
import { newswire } from '../support/newswire.ts';
import { articleFile, closeSound, type Site, startSite } from '../support/site.ts';

const count = { '2026-03': 105, '2026-01': 25, '2025-12': 1 };
let site: Site;

beforeAll(async () => {
  // Five a moment; the last hour of the zone's December is one of UTC's January no more.
  const files = Object.entries(count).flatMap(([month, articles]) =>
    Array.from({ length: articles }, (_, index) => [
      `articles/a-${month}-${index}.md`,
      articleFile(
        `Article ${index} of ${month}`,
        month === '2025-12' ? '2025-12-31T23:59:59+08:00' : `${month}-01T00:${10 + (index % 25)}:00+08:00`,
        ['tags: [Port News]', 'updatedAt: 2026-04-01T00:00:00Z'],
      ),
    ]),
  );
  site = await startSite({ files: Object.fromEntries(files) });
  return () => closeSound(site);
});

async function walk(path: string): Promise<string[][]> {
  const pages: string[][] = [];
  for (let next: string | null = path; next !== null; ) {
    const { items, older } = await site.json(next.replace(site.url, ''));
    pages.push(items.map(({ slug }: { slug: string }) => slug));
    next = older;
  }
  return pages;
}

test.each(['', '/tag/port-news'])('shows each article of a month of "%s" once, 20 a page', async (stream) => {
  for (const [month, articles] of Object.entries(count)) {
    const slugs = (await walk(`${stream}/archive/${month}`)).flat();

    expect(new Set(slugs).size).toBe(articles);
    expect(slugs.filter((slug) => !slug.startsWith(`a-${month}-`))).toEqual([]);
  }
});

test('leads back over the pages of a month, and not out of it', async () => {
  const pages = await walk('/archive/2026-03');
  const oldest = Buffer.from('2025-12-31T15:59:59.000Z#a-2025-12-0').toString('base64url');

  const last = await site.json(`/archive/2026-03?after=${oldest}`);

  expect(pages.map(({ length }) => length)).toEqual([20, 20, 20, 20, 20, 5]);
  expect(last.items.map(({ slug }: { slug: string }) => slug)).toEqual(pages.flat().slice(-20));
  expect([last.older, last.newer]).toEqual([
    expect.stringContaining(`${site.url}/archive/2026-03?before=`),
    expect.stringContaining(`${site.url}/archive/2026-03?after=`),
  ]);
});

test('shows a month as a page between its neighbours', async () => {
  const page = await (await site.fetch('/tag/port-news/archive/2026-01')).text();

  expect(page).toContain('<h1 class="p-name">Port News, January 2026</h1>');
  const links = [...page.matchAll(/<a href="(\/tag\/port-news[^"]*)"/g)].map(([, href]) => href);
  expect(links).toEqual([
    '/tag/port-news',
    '/tag/port-news/archive',
    expect.stringContaining('/tag/port-news/archive/2026-01?before='),
    '/tag/port-news/archive/2026-03',
    '/tag/port-news/archive/2025-12',
    '/tag/port-news/archive',
    '/tag/port-news/rss.xml',
  ]);
});

test('describes a month as JSON, as streams are', async () => {
  expect(await site.json('/archive/2025-12')).toMatchObject({
    ...{ stream: 'news', title: 'December 2025', url: `${site.url}/archive/2025-12` },
    ...{ items: [{ slug: 'a-2025-12-0' }], older: null, newer: null },
  });
});

test.each(['', '/tag/port-news'])('lists the months of "%s" that have articles', async (stream) => {
  const page = await (await site.fetch(`${stream}/archive`)).text();

  const months = [...page.matchAll(/<a href="([^"]*\/archive\/[^"]*)"/g)].map(([, href]) => href);
  expect(months).toEqual(Object.keys(count).map((month) => `${stream}/archive/${month}`));
});

test.each([
  ['/archive/2026-02', 404],
  ['/archive/2099-01', 404],
  ['/archive/0000-01', 404],
  ['/archive/2026-00', 404],
  ['/archive/2026-3', 404],
  ['/tag/nothing/archive', 404],
  ['/tag/nothing/archive/2026-03', 404],
  ['/tag/Port%20News/archive/2026-03', 404],
  ['/archive/2026-03?before=yesterday', 400],
])('answers %s with %d', async (path, status) => {
  expect((await site.fetch(path)).status).toBe(status);
});

const json = { Accept: 'application/json' };
const asked: [path: string, headers: Record<string, string>, vary: string | null][] = [
  ['/', {}, 'Accept-Encoding'],
  ['/news', {}, 'Accept, Accept-Encoding'],
  ['/news', json, 'Accept, Accept-Encoding'],
  ['/tag/port-news', {}, 'Accept, Accept-Encoding'],
  ['/tag/port-news', json, 'Accept, Accept-Encoding'],
  ['/archive', {}, 'Accept-Encoding'],
  ['/archive/2026-03', {}, 'Accept, Accept-Encoding'],
  ['/archive/2026-03', json, 'Accept, Accept-Encoding'],
];

test.each(asked)('answers %s with %o by 304 while it has not changed', async (path, headers, vary) => {
  const first = await site.fetch(path, { headers });
  const etag = first.headers.get('etag') ?? '';

  const again = await site.fetch(path, { headers: { ...headers, 'If-None-Match': `"other", ${etag}` } });
  const other = await site.fetch(path, { headers: { ...headers, 'If-None-Match': '"other"' } });

  expect([again.status, await again.text(), other.status]).toEqual([304, '', 200]);
  for (const answer of [first, again]) {
    expect(answer.headers.get('etag')).toMatch(/^W\/"[\w-]{27}"$/);
    expect(answer.headers.get('cache-control')).toBe('no-cache');
    expect(answer.headers.get('vary')).toBe(vary);
  }
});

test('gives HTML and JSON of one address validators of their own', async () => {
  const etags = await Promise.all(
    [{}, json].map(async (headers) => (await site.fetch('/news', { headers })).headers.get('etag')),
  );

  expect(new Set(etags).size).toBe(2);
});

const final = 'public, max-age=300, s-maxage=86400';
const parts: [path: string, type: string, life: string][] = [
  ['/archive/2026-03/1/rss.xml', 'application/rss+xml; charset=utf-8', final],
  ['/tag/port-news/archive/2026-01/atom.xml', 'application/atom+xml; charset=utf-8', final],
  [
    '/feed.json?before=MjAyNi0wMy0wMVQwMDowMDowMC4wMDBaI2E',
    'application/feed+json; charset=utf-8',
    'public, max-age=300',
  ],
];

test.each(parts)('serves %s as feeds are served, under an ETag alone', async (path, type, life) => {
  const first = await site.fetch(path);
  const text = await first.text();
  const { headers } = first;

  const again = await site.fetch(path, { headers: { 'If-None-Match': headers.get('etag') ?? '' } });
  const head = await site.fetch(path, { method: 'HEAD' });

  expect(text).toContain('Article');
  expect([first.status, headers.get('content-type'), headers.get('last-modified')]).toEqual([
    200,
    type,
    null,
  ]);
  expect(headers.get('access-control-allow-origin')).toBe('*');
  expect(headers.get('cache-control')).toBe(life);
  expect([again.status, await again.text()]).toEqual([304, '']);
  for (const name of ['etag', 'cache-control', 'vary'])
    expect([name, again.headers.get(name), head.headers.get(name)]).toEqual([
      ...[name, headers.get(name), headers.get(name)],
    ]);
});

test('the lint finds nothing wrong with any document of the history, nor with how it is served', async () => {
  const { code, out, err } = await newswire('lint', site.url, '--history');

  const count = out.pop();
  expect([code, err, out.filter((line) => !line.startsWith('ok '))]).toEqual([0, [], []]);
  expect(count).toBe('0 fatal, 0 errors, 0 advice in 18 documents');
  // A page, three feeds, 6 more pages of JSON Feed, and twice a newest part and three archive documents.
  expect(out).toHaveLength(1 + 3 + 6 + 2 * 4);
});

test('asks to come again later for a document that would be faulty', async () => {
  const title = 'Article 0 of 2025-12';
  await change('ARTICLE#a-2025-12-0 META', { 'article.title': `${title} \u0008` })(site.store);

  const answers = await Promise.all(
    ['/archive/2025-12/rss.xml', '/archive/2025-12/atom.xml'].map((path) => site.fetch(path)),
  );

  await change('ARTICLE#a-2025-12-0 META', { 'article.title': title })(site.store);
  for (const { status, headers } of answers)
    expect([status, headers.get('retry-after'), headers.get('etag')]).toEqual([503, '300', null]);
});
