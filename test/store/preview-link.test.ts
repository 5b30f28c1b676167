import { expect, vi } from 'vitest';
import type { Fields, TestBackend } from '../support/backend.ts';
import { test } from '../support/backend-test.ts';
import { askPreview } from '../support/preview.ts';
import { openReading } from '../support/reading.ts';
import { scanStore } from '../support/scan.ts';

const ahead = '2026-07-01T08:00:00.000Z';
const html = { Accept: 'text/html' };

/** The public site, without what comes before the path. */
async function openSite(backend: TestBackend) {
  const read = await openReading(backend);
  vi.unstubAllEnvs();
  return (url: string, headers: Record<string, string> = html) =>
    read(url.replace(backend.baseUrl, ''), headers);
}

async function linkTo(backend: TestBackend, slug: string, body?: object): Promise<string> {
  return (await askPreview(backend, slug, body)).json.url;
}

test.for<[string, Fields]>([
  ['a draft', { draft: true }],
  ['an article under embargo', { publishedAt: ahead }],
])('shows %s to whoever has its key, and to nobody else', async ([, fields], { backend }) => {
  await backend.put('storm', { ...fields, tags: ['Sea'], markdown: 'Wind and water.' });
  const read = await openSite(backend);
  const url = await linkTo(backend, 'storm');
  const page = await read(url);
  const text = await page.text();

  expect(url).toMatch(/^https:\/\/news\.example\.com\/news\/storm\?preview=[\w-]{22}$/);
  expect(page.status).toBe(200);
  expect(page.headers.get('cache-control')).toBe('no-store');
  expect(page.headers.get('x-robots-tag')).toBe('noindex');
  expect(text).toContain('Preview: readers do not see this yet.');
  expect(text).toContain('Wind and water.');
  expect(text).not.toMatch(/<script|<base|rel="canonical"|og:/);
  for (const other of [
    '/news/storm',
    '/news/storm?preview=',
    `${url}x`,
    url.slice(0, -1),
    '/news/storm.json',
  ])
    expect([other, (await read(other)).status]).toEqual([other, 404]);
  for (const list of ['/news', '/', '/rss.xml', '/atom.xml', '/feed.json', '/tag/sea', '/sitemap.xml'])
    expect(await (await read(list)).text()).not.toContain('storm');
});

test('counts nobody who reads a preview', async ({ backend }) => {
  await backend.put('storm', { draft: true, views: 7 });
  const read = await openSite(backend);
  const url = await linkTo(backend, 'storm');
  const views = async () => (await scanStore(backend.store)).views.map(({ n }) => n);

  const text = await (await read(url, { ...html, 'Sec-Fetch-Dest': 'document' })).text();

  expect(text).toContain('<data class="views" value="7">');
  expect(await views()).toEqual([7]);
});

test('gives its JSON to the same key', async ({ backend }) => {
  await backend.put('storm', { draft: true });
  const read = await openSite(backend);
  const url = await linkTo(backend, 'storm');

  const asJson = [
    await read(url, { Accept: 'application/json' }),
    await read(url.replace('storm?', 'storm.json?')),
  ];

  for (const answer of asJson) {
    expect([answer.status, answer.headers.get('cache-control')]).toEqual([200, 'no-store']);
    expect(await answer.json()).toMatchObject({ slug: 'storm', title: 'About storm' });
  }
});

test('keeps the key and the version until a new one is asked for', async ({ backend }) => {
  await backend.put('storm', { draft: true });
  const read = await openSite(backend);
  const first = await linkTo(backend, 'storm');
  const again = await linkTo(backend, 'storm', {});
  const renewed = await linkTo(backend, 'storm', { renew: true });

  expect(again).toBe(first);
  expect(renewed).not.toBe(first);
  expect([(await read(first)).status, (await read(renewed)).status]).toEqual([404, 200]);
  expect((await backend.read('storm')).version).toBe(1);
  await backend.put('storm', { draft: true, title: 'Another' });
  expect((await read(renewed)).status).toBe(200);
});

test('gives two who ask at once the same key', async ({ backend }) => {
  await backend.put('storm', { draft: true });

  const urls = await Promise.all([1, 2, 3, 4].map(() => linkTo(backend, 'storm')));

  expect(new Set(urls).size).toBe(1);
});

test('ends after 90 days', async ({ backend }) => {
  await backend.put('storm', { draft: true });
  const url = await linkTo(backend, 'storm');
  backend.time = '2026-08-31T12:00:00.000Z';
  const read = await openSite(backend);

  expect((await read(url)).status).toBe(404);
  expect(await linkTo(backend, 'storm')).not.toBe(url);
});

test('leads to the plain address once the article is public, also by the time of its embargo', async ({
  backend,
}) => {
  await backend.put('storm', { publishedAt: ahead });
  const url = await linkTo(backend, 'storm');
  const read = await openSite(backend);
  backend.time = ahead;

  const answer = await read(`${url}&utm_source=mail`);

  expect([answer.status, answer.headers.get('location'), answer.headers.get('cache-control')]).toEqual([
    308,
    'https://news.example.com/news/storm?utm_source=mail',
    'no-store',
  ]);
  expect((await askPreview(backend, 'storm')).status).toBe(409);
});

test.for<[string, Fields, (backend: TestBackend) => Promise<unknown>]>([
  ['was published', { draft: true }, (backend) => backend.put('storm')],
  [
    'became public by its time',
    { publishedAt: ahead },
    async (backend) => {
      backend.time = ahead;
    },
  ],
  ['was removed', { draft: true }, (backend) => backend.remove('storm')],
  [
    'became public by its time and was removed',
    { publishedAt: ahead },
    async (backend) => {
      backend.time = ahead;
      await backend.remove('storm');
    },
  ],
])('the key of an article that %s opens it never again', async ([, fields, happen], { backend }) => {
  await backend.put('storm', fields);
  const url = await linkTo(backend, 'storm');
  const read = await openSite(backend);

  await happen(backend);
  await backend.put('storm', { draft: true, publishedAt: ahead });

  expect([404, 410]).toContain((await read(url)).status);
  expect((await scanStore(backend.store)).content.filter(({ sk }) => sk === 'KEY')).toEqual([]);
});

test('nothing is left of the key of an erased article', async ({ backend }) => {
  await backend.put('storm', { draft: true });
  await linkTo(backend, 'storm');
  await backend.remove('storm');
  await backend.erase('storm');

  expect((await askPreview(backend, 'storm')).status).toBe(410);
  expect((await scanStore(backend.store)).content.filter(({ sk }) => sk === 'KEY')).toEqual([]);
});

test('leads on after a rename', async ({ backend }) => {
  await backend.put('storm', { draft: true });
  const url = await linkTo(backend, 'storm');
  const read = await openSite(backend);
  await backend.put('gale', { draft: true, aliases: ['storm'] });

  const moved = await read(url);
  const target = moved.headers.get('location') ?? '';

  expect([moved.status, target]).toEqual([308, url.replace('storm', 'gale')]);
  expect((await read(target)).status).toBe(200);
  expect((await read('/news/storm?preview=wrong')).status).toBe(404);
  expect((await askPreview(backend, 'storm')).status).toBe(308);
  expect(await linkTo(backend, 'gale')).toBe(target);
});

test('refuses what cannot be previewed', async ({ backend }) => {
  await backend.put('storm');
  await backend.put('notes', { draft: true });

  expect((await askPreview(backend, 'storm')).json.type).toMatch(/public$/);
  expect((await askPreview(backend, 'nothing')).status).toBe(404);
  expect((await askPreview(backend, 'notes', { renew: 'yes' })).json.errors).toEqual([
    { pointer: '/renew', message: 'must be true or false' },
  ]);
});
