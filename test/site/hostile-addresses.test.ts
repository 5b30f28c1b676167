import { beforeAll, expect, test } from 'vitest';
import { rawGet } from '../support/raw-request.ts';
import { repeat } from '../support/repeat.ts';
import { signedFetch } from '../support/sign.ts';
import { articleFile, closeSound, type Site, startSite } from '../support/site.ts';

let site: Site;

beforeAll(async () => {
  const file = articleFile('Sound', '2026-01-02T10:00:00+08:00', ['aliases: [former]', 'tags: [tides]']);
  site = await startSite({ files: { 'articles/sound.md': file } });
  return () => closeSound(site);
});

const article = { title: 'T', text: 'a', publishedAt: '2026-01-03T10:00:00+08:00' };
const put = (slug: string, body: unknown) =>
  signedFetch(`${site.url}/articles/${slug}`, { method: 'PUT', body });

const split = 'a\r\nSet-Cookie: b=c\r\n\r\n<b>d</b>';
const splits = [
  ...['title', 'summary', 'category', 'guid', 'text'].map((field) => ({ [field]: split })),
  ...[{ authors: [split] }, { tags: [split] }, { source: { name: split, credit: split } }],
  { image: { url: '/media/a.png', alt: split } },
];

test('splits no header at a line end of any field, nor of the address', async () => {
  const written: Response[] = [];
  await repeat(splits.length, 4, async (index) => {
    written[index] = await put(`split-${index}`, { ...article, ...splits[index] });
  });
  const answers = [
    ...written,
    await signedFetch(`${site.url}/articles`, { method: 'POST', body: { ...article, title: split } }),
    await put('a%0d%0aSet-Cookie:%20b=c', article),
    ...(await Promise.all(splits.map((_, index) => site.fetch(`/news/split-${index}`)))),
    await site.fetch('/news/a%0d%0aSet-Cookie:%20b=c/'),
    await site.fetch('/news?before=a%0d%0aSet-Cookie:%20b=c'),
  ];

  expect(answers.filter(({ headers }) => headers.has('set-cookie'))).toEqual([]);
  expect(answers.filter(({ status }) => status >= 500)).toEqual([]);
  const places = answers.map(({ headers }) => headers.get('location') ?? '');
  expect(places.filter((place) => /[^\x21-\x7e]/.test(place))).toEqual([]);
  expect((await site.json('/news/split-0')).title).toBe('a Set-Cookie: b=c <b>d</b>');
});

test('says the same to whoever asks under another name', async () => {
  const paths = ['/', '/news', '/news/sound.json', '/tag/tides', '/rss.xml', '/atom.xml', '/feed.json'];
  const redirects = ['/news/former', '/news/sound/', '/tag/tides/'];
  const forged = {
    Host: 'evil.example',
    'X-Forwarded-Host': 'evil.example',
    'X-Forwarded-Proto': 'evil',
    'X-Forwarded-Prefix': '/evil',
    'X-Original-URL': '/evil',
    'X-Rewrite-URL': '/evil',
    Forwarded: 'host=evil.example;proto=evil',
  };
  const ask = (headers = {}) =>
    Promise.all([...paths, ...redirects, '/missing'].map((path) => rawGet(site.url, path, headers)));

  const misled = await ask(forged);
  const usual = await ask();

  expect(JSON.stringify(misled)).not.toContain('evil');
  expect(misled.map(({ status }) => status)).toEqual(usual.map(({ status }) => status));
  expect(misled.map(({ headers }) => headers.location)).toEqual(usual.map(({ headers }) => headers.location));
  expect(misled.map(({ body }) => body)).toEqual(usual.map(({ body }) => body));
});

test.each([
  ...['..%2fsound', '%2e%2e%2fsound', 'sound%00', 'sound%23META', 'sound%23%3f', 'so%0aund', 'sound%20'],
  ...['so%2fund', '%EF%BC%8E%EF%BC%8E', 'sound%5c..', 'x%5c..%5csound', '-', 'a--b', 'a'.repeat(101)],
  ...['a'.repeat(6000), 'ARTICLE%23sound', 'sound.json', 'sound%2523', '__proto__', 'STREAM%23news'],
  ...['%F0%9F%98%80', 'sound;a=b', 'sound%252e%252e', 'sound&a', 'sound+', '%09sound'],
])('reaches no article by the address %.40s', async (address) => {
  const before = await rawGet(site.url, '/news/sound.json');

  const written = await put(address, article);
  const stored = await signedFetch(`${site.url}/articles/${address}`);
  const removed = await signedFetch(`${site.url}/articles/${address}`, { method: 'DELETE' });
  const read = await rawGet(site.url, `/news/${address}`);

  expect([404, 422]).toContain(written.status);
  expect([stored.status, removed.status]).toEqual([404, 404]);
  expect(read.status).toBe(address === 'sound.json' ? 200 : 404);
  expect((await rawGet(site.url, '/news/sound.json')).body).toBe(before.body);
});

test.each([
  ['/news/?before=abc', '/news?before=abc'],
  ['/tag/Tides?before=abc', '/tag/tides?before=abc'],
  ['/tag/Tides/?a=%26&b', '/tag/tides?a=%26&b'],
  ['/news/sound/', '/news/sound'],
  ['/news/sound/?//evil.example', '/news/sound?//evil.example'],
  ['/news/SOUND', '/news/sound'],
  ['/news/Sound.json?a=%26', '/news/sound.json?a=%26'],
  ['/news/Former?utm_source=x', '/news/sound?utm_source=x'],
  ['/feed', '/rss.xml'],
  ['/rss', '/rss.xml'],
  ['/index.xml', '/rss.xml'],
  ['/atom', '/atom.xml'],
  ['/feed.xml', '/atom.xml'],
  ['/feed/', '/rss.xml'],
  ['/feed/atom/', '/atom.xml'],
])('leads on from %s by its own words, on its own host', async (path, target) => {
  const { status, headers } = await rawGet(site.url, path);

  expect([status, headers.location]).toEqual([308, site.url + target]);
});

test.each([
  ['/rss.xml?x=1', '/rss.xml'],
  ['/tag/tides/atom.xml?before=abc', '/tag/tides/atom.xml'],
  ['/feed.json?after=a&before=abc', '/feed.json?before=abc'],
  ['/feed.json?before=a&before=b', '/feed.json?before=a'],
  ['/archive/2026-01/rss.xml?x&before=a%26b', '/archive/2026-01/rss.xml?before=a%26b'],
  ['/archive/2026-01/1/rss.xml?before=abc', '/archive/2026-01/1/rss.xml'],
  ['/tag/%E6%B8%AF/rss.xml?x=//evil.example', '/tag/%E6%B8%AF/rss.xml'],
  ['/sitemap.xml?1', '/sitemap.xml'],
  ['/opml.xml?1', '/opml.xml'],
  ['/openapi.json?v=1', '/openapi.json'],
  ['/favicon.ico?v=2', '/favicon.ico'],
])('leads from %s to the one address of that document', async (path, target) => {
  const { status, headers } = await rawGet(site.url, path);

  expect([status, headers.location]).toEqual([308, site.url + target]);
  // For a reader in a browser; and nobody keeps it as the answer to the plain address.
  expect(headers).toMatchObject({ 'access-control-allow-origin': '*', 'cache-control': 'no-cache' });
});

test.each([
  ...['/nothing/', '/2019/05/old/', '/news/nothing/', '/tag/nothing/', '/NEWS/sound/', '/news/NO'],
  ...[
    '/a%23b/',
    '/%E6%B8%AF/',
    '//evil.example/',
    '/%5Cevil.example/?//evil.example',
    '/sitemap-2019-05.xml/',
  ],
])('leads nobody from %s to where there is nothing', async (path) => {
  const { status, headers } = await rawGet(site.url, path);

  expect([status, headers.location]).toEqual([404, undefined]);
});

test('counts nothing by an address with a slash at its end', async () => {
  const before = (await site.json('/news/sound')).views;

  await rawGet(site.url, '/news/sound/');

  expect((await site.json('/news/sound')).views).toBe(before);
});

test.each(['/', '/news', '/news/sound', '/news/sound.json', '/rss.xml', '/feed.json', '/opml.xml', '/none'])(
  'lets pages of other sites read %s, and the headers that readers need',
  async (path) => {
    const { headers } = await rawGet(site.url, path, { Origin: 'https://reader.example' });

    expect(headers).toMatchObject({
      'access-control-allow-origin': '*',
      'access-control-expose-headers': 'ETag, Link, Retry-After',
    });
  },
);

test.each(['/', '/news', '/news/sound', '/news/sound.json', '/archive', '/most-read', '/feeds', '/about'])(
  'opens %s by a link with the marks of a campaign',
  async (path) => {
    expect((await rawGet(site.url, `${path}?utm_source=letter`)).status).toBe(200);
  },
);

const far = Buffer.from(`2026-01-02T02:00:00.000Z#${'a'.repeat(1_200)}`).toString('base64url');

test.each([
  ...['/news?before', '/news?after', '/tag/tides?before', '/feed.json?before', '/tag/tides/feed.json?before'],
  '/archive/2026-01/rss.xml?before',
])('reads no place longer than a key by %s', async (path) => {
  expect((await site.fetch(`${path}=${far}`)).status).toBe(400);
});

test.each(['', '/rss.xml', '/feed.json', '/archive', '/archive/2026-01', '/archive/2026-01/atom.xml'])(
  'knows no stream of a name longer than a key, nor its %s',
  async (path) => {
    expect((await site.fetch(`/tag/${encodeURIComponent('港'.repeat(350))}${path}`)).status).toBe(404);
  },
);

test.each([
  ...[
    '/tag/tides%23',
    '/tag/tides%0a',
    '/source/%00',
    '/tag/__proto__',
    '/tag/%E0%A4%A',
    `/tag/${'a'.repeat(6000)}`,
  ],
  ...[
    `/tag/${'a'.repeat(6000)}/rss.xml`,
    '/media/..%2fsite.json',
    '/media/%2e%2e/site.json',
    '/tag/tides%23/rss.xml',
  ],
])('reads nothing by the path %.40s', async (path) => {
  const { status, body } = await rawGet(site.url, path);

  expect([308, 400, 404]).toContain(status);
  expect(body).not.toMatch(/Sound|authority/);
});
