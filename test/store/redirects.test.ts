import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Redirect } from '../../functions/article/old-path.ts';
import { parseSite } from '../../functions/article/site.ts';
import { publishArticle } from '../../functions/publish-article.ts';
import { siteYaml } from '../infra/content-folder.ts';
import { TestBackend } from '../support/backend.ts';
import { openReading, type Read } from '../support/reading.ts';
import { repairStore } from '../support/repair.ts';

let backend: TestBackend;
let ask: Read;

beforeAll(async () => {
  backend = await TestBackend.open();
  backend.site = parseSite(`${siteYaml}\nredirects: { /listed: /about }`);
  await backend.put('title', { tags: ['Port', '你好'], category: 'World' });
  await backend.put('draft', { draft: true });
  await backend.put('gone');
  await backend.remove('gone');
  ask = await openReading(backend, ['redirects: { /listed: /about, /both: /feeds, /up/*: /tag/* }']);
});

afterAll(() => backend.close());

async function send(method: string, body?: unknown, query = '') {
  const answer = await publishArticle(backend).request(`/redirects${query}`, {
    method,
    ...(body !== undefined && {
      body: JSON.stringify(body),
      headers: { 'Content-Type': 'application/json' },
    }),
  });
  const text = await answer.text();
  return { status: answer.status, json: text === '' ? undefined : JSON.parse(text) };
}

async function put(table: Record<string, string>) {
  return send('PUT', { redirects: Object.entries(table).map(([from, to]) => ({ from, to })) });
}

async function faultsOf(table: Record<string, string>): Promise<Record<string, string>> {
  const { status, json } = await put(table);
  expect(status).toBe(422);
  return Object.fromEntries(
    json.errors.map(({ pointer, message }: { pointer: string; message: string }) => [pointer, message]),
  );
}

async function stored(): Promise<Redirect[]> {
  return (await send('GET')).json.redirects;
}

/** Where an address leads; its status where it leads nowhere. */
async function lead(path: string, method = 'GET'): Promise<string | number> {
  const { status, headers } = await ask(path, {}, method);
  return status === 308 ? (headers.get('location') ?? '').replace(backend.baseUrl, '') : status;
}

test('redirects are stored, listed by pages and removed, and repeating changes nothing', async () => {
  const many = Object.fromEntries(Array.from({ length: 100 }, (_, n) => [`/many/${n}`, '/news/title']));
  const first = await put(many);
  expect(first.status).toBe(200);
  expect(first.json.redirects[7]).toEqual({ from: '/many/7', to: '/news/title' });
  await put({ '/%e4%bd%a0/': 'https://news.example.com/news/draft', '/many/7/': '/about' });
  await put({ '/%e4%bd%a0/': 'https://news.example.com/news/draft', '/many/7/': '/about' });

  const page = (await send('GET')).json;
  const rest = (await send('GET', undefined, page.next.slice('/redirects'.length))).json;
  const all = [...page.redirects, ...rest.redirects];

  expect([page.redirects.length, all.length, rest.next]).toEqual([100, 101, null]);
  expect(all).toContainEqual({ from: '/many/7', to: '/about' });
  expect(all).toContainEqual({ from: '/你', to: '/news/draft' });
  expect(await backend.check()).toEqual([]);
  expect(await repairStore(backend.store, backend.time)).toEqual([]);
  for (let time = 0; time < 2; time++)
    expect(await send('DELETE', { from: [...Object.keys(many).slice(0, 99), '/%E4%BD%A0'] })).toMatchObject({
      status: 204,
    });
  expect(await stored()).toEqual([{ from: '/many/99', to: '/news/title' }]);
  await send('DELETE', { from: ['/many/99'] });
});

test('a batch with faults is not stored, and each fault is named', async () => {
  await put({ '/one': '/two/x', '/two/*': 'https://old.example/*' });
  const before = await stored();

  const faults = await faultsOf({
    '/a': '/a/',
    '/b': '/c',
    '/c': '/b',
    '/d': '/news/nothing',
    '/e': '/nothing',
    '/news/title': '/about',
    '/news/gone': '/about',
    '/listed': '/feeds',
    '/two/x': '/one',
    '/good': '/news/gone',
    '/rss': '/about',
  });

  expect(faults).toEqual({
    '/redirects/0/to': 'leads to itself',
    '/redirects/1/to': 'leads in a circle',
    '/redirects/2/to': 'leads in a circle',
    '/redirects/3/to': 'leads nowhere: there is no article at /news/nothing',
    '/redirects/4/to': 'leads nowhere: /nothing is no address of this site',
    '/redirects/5/from': 'is an address of this site, which answers there itself',
    '/redirects/6/from': 'is an address of this site, which answers there itself',
    '/redirects/7/from': 'site.yaml leads it to /about',
    // Through one that is stored.
    '/redirects/8/to': 'leads in a circle',
    '/redirects/10/from': 'is an address of this site, which answers there itself',
  });
  expect(await stored()).toEqual(before);
  await send('DELETE', { from: ['/one', '/two/*'] });
});

test('bodies of another form are refused with every fault', async () => {
  expect(Object.keys(await faultsOf({ a: 'b', '/c#d': '//e', '/f': '/g/*' }))).toEqual([
    ...['/redirects/0/from', '/redirects/0/to', '/redirects/1/from', '/redirects/1/to', '/redirects/2/to'],
  ]);
  expect(await faultsOf({ '/%61': '/about', '/a': '/about' })).toEqual({
    '/redirects/1/from': 'is here twice: /a is another spelling of it',
  });
  for (const body of [
    { redirects: [] },
    { redirects: Array(101).fill({ from: '/a', to: '/about' }) },
    [],
    {},
  ])
    expect((await send('PUT', body)).status).toBe(422);
  for (const body of [{ from: [] }, { from: ['a'] }, { from: '/a' }])
    expect((await send('DELETE', body)).status).toBe(422);
  expect((await send('GET', undefined, '?cursor=x')).status).toBe(400);
  expect((await send('POST', {})).status).toBe(405);
});

test('an old address leads on where there is nothing, the closest first', async () => {
  await put({
    '/?p=12': '/news/title',
    '/2019/05/title': '/news/title',
    '/both': '/about',
    '/old/*': 'https://old.example/a/*',
    '/old/deep/*': '/tag/port',
    '/old/deep/one?id=1': '/news/title',
    '/old/deep/one': '/about',
    '/news/former-title': '/news/title',
    '/tag/hafen': '/tag/port',
    '/category/welt/*': '/category/world/*',
    '/%E4%BD%A0/': '/tag/%E4%BD%A0%E5%A5%BD',
    '/news/gone-too': '/news/gone',
  });

  const expected: Record<string, string | number> = {
    '/?p=12': '/news/title',
    '/?utm_source=x&p=12': '/news/title',
    '/?p=13': 200,
    '/?utm_source=x': 200,
    '/2019/05/title': '/news/title',
    '/2019/05/title/': '/news/title',
    '/2019/05/title?fbclid=1': '/news/title',
    '/2019/05/title/?replytocom=5': '/news/title',
    '/2019/05/Title': 404,
    '/both': '/feeds',
    '/listed/': '/about',
    '/up/port': '/tag/port',
    '/old': 'https://old.example/a/',
    '/old/x/y%20z': 'https://old.example/a/x/y%20z',
    '/old//evil.example': 'https://old.example/a/evil.example',
    '/old/deep': '/tag/port',
    '/old/deep/two': '/tag/port',
    '/old/deep/one?id=1': '/news/title',
    '/old/deep/one?id=2': '/about',
    '/news/former-title': '/news/title',
    '/news/unknown': 404,
    '/news/gone': 410,
    '/news/gone-too': '/news/gone',
    '/tag/hafen': '/tag/port',
    '/tag/hafen/': '/tag/port',
    '/category/welt': '/category/world',
    '/category/welt/feed/': '/category/welt/rss.xml',
    '/category/welt/rss.xml': '/category/world/rss.xml',
    '/%e4%bd%a0': '/tag/%E4%BD%A0%E5%A5%BD',
    '/你/': '/tag/%E4%BD%A0%E5%A5%BD',
  };
  const found = await Promise.all(Object.keys(expected).map(async (path) => [path, await lead(path)]));
  expect(Object.fromEntries(found)).toEqual(expected);
  const answer = await ask('/2019/05/title', { Accept: 'text/html' });
  expect([answer.headers.get('cache-control'), answer.headers.get('vary')]).toEqual(['no-cache', null]);
  expect([await lead('/2019/05/title', 'HEAD'), await lead('/2019/05/title', 'POST')]).toEqual([
    '/news/title',
    404,
  ]);
});

test.each([
  ['/feed', '/rss.xml'],
  ['/feed/', '/rss.xml'],
  ['/feed/atom', '/atom.xml'],
  ['/feed/atom/', '/atom.xml'],
  ['/feed/rss2/', '/rss.xml'],
  ['/rss/', '/rss.xml'],
  ['/atom', '/atom.xml'],
  ['/index.xml', '/rss.xml'],
  ['/feed.xml', '/atom.xml'],
  ['/?feed=rss2', '/rss.xml'],
  ['/?feed=atom', '/atom.xml'],
  ['/?feed=comments-rss2', 200],
  ['/?feed=constructor', 200],
  ['/category/world/feed/', '/category/world/rss.xml'],
  ['/category/World/feed/', '/category/world/rss.xml'],
  ['/tag/port/feed/', '/tag/port/rss.xml'],
  ['/tag/port/rss/', '/tag/port/rss.xml'],
  ['/category/world/feed/atom/', '/category/world/atom.xml'],
  ['/tag/%E4%BD%A0%E5%A5%BD/feed', '/tag/%E4%BD%A0%E5%A5%BD/rss.xml'],
  ['/tag/-/feed', 404],
])('%s, where other systems have a feed, leads to %s', async (path, expected) => {
  expect(await lead(path)).toBe(expected);
});
