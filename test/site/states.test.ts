import { execFile, spawnSync } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { promisify } from 'node:util';
import { beforeAll, expect, test } from 'vitest';
import { signedFetch } from '../support/sign.ts';
import { articleFile, closeSound, type Site, startSite } from '../support/site.ts';

let site: Site;

beforeAll(async () => {
  site = await startSite({ files: { 'articles/kept.md': articleFile('Kept', '2026-01-01T10:00:00+08:00') } });
  return () => closeSound(site);
});

const send = (slug: string, method: string, fields: object = {}) => {
  const article = {
    title: `About ${slug}`,
    text: 'Some text.',
    publishedAt: '2026-01-03T10:00:00Z',
    ...fields,
  };
  return signedFetch(`${site.url}/articles/${slug}`, { method, ...(method === 'PUT' && { body: article }) });
};
const status = async (path: string) =>
  (await site.fetch(path, { headers: { Accept: 'application/json' } })).status;
const feedSlugs = async () =>
  (await site.json('/feed.json')).items.map(({ url }: { url: string }) => url.split('/').at(-1));
const tombstones = async () =>
  [...(await (await site.fetch('/atom.xml')).text()).matchAll(/deleted-entry ref="([^"]+)"/g)].map(
    ([, ref]) => ref,
  );
const open = (slug: string) => site.fetch(`/news/${slug}`);
const readStored = async (slug: string) => (await send(slug, 'GET')).json() as Promise<{ id: string }>;

test.each([
  ['a draft', { draft: true }],
  ['an embargo', { publishedAt: '2099-01-01T00:00:00Z' }],
])(
  'takes an article that becomes %s from readers, and gives it back with its id and views',
  async (what, fields) => {
    const slug = what.replace(/\W/g, '');
    await send(slug, 'PUT');
    await open(slug);
    const { id } = await readStored(slug);

    await send(slug, 'PUT', fields);
    const hidden = [
      await status(`/news/${slug}`),
      (await feedSlugs()).includes(slug),
      (await tombstones()).includes(id),
    ];
    await send(slug, 'PUT');

    expect(hidden).toEqual([404, false, true]);
    expect(await site.json(`/news/${slug}`)).toMatchObject({ id, views: 1 });
    expect([(await feedSlugs()).includes(slug), (await tombstones()).includes(id)]).toEqual([true, false]);
  },
);

test.each([
  ['a draft', { draft: true }],
  ['under embargo', { publishedAt: '2099-01-01T00:00:00Z' }],
])('never shows what was %s from the beginning, not even as removed', async (_what, fields) => {
  await send('private', 'PUT', { ...fields, aliases: ['secret'] });
  const { id } = await readStored('private');

  await send('private', 'DELETE');

  expect(await tombstones()).not.toContain(id);
  expect((await (await site.fetch('/atom.xml')).text()).includes('private')).toBe(false);
  expect([
    await status('/news/private'),
    await status('/news/private.json'),
    await status('/news/secret'),
  ]).toEqual([404, 404, 404]);
});

test('tells labels apart by the signs behind a letter', async () => {
  await send('signs', 'PUT', { tags: ['C', 'C++', 'C#'] });
  await send('vitamins', 'PUT', { tags: ['C'] });

  const streams = await Promise.all(['c', 'c%2B%2B', 'c%23'].map((tag) => site.json(`/tag/${tag}`)));

  expect(streams.map(({ items }) => items.map(({ slug }: { slug: string }) => slug).sort())).toEqual([
    ['signs', 'vitamins'],
    ['signs'],
    ['signs'],
  ]);
});

test('answers 410 for a deleted article and its old addresses, and begins anew when it is put again', async () => {
  await send('deleted', 'PUT', { aliases: ['formerly'] });
  await open('deleted');
  const { id } = await readStored('deleted');

  await send('deleted', 'DELETE');
  const gone = [
    await status('/news/deleted'),
    await status('/news/formerly'),
    await status('/news/deleted.json'),
  ];
  await send('deleted', 'PUT');

  expect(gone).toEqual([410, 410, 410]);
  expect(await site.json('/news/deleted')).toMatchObject({ id: `${id}/2`, views: 0 });
  expect(await tombstones()).toContain(id);
});

test('keeps id and views of a content file that comes back', async () => {
  const file = articleFile('Filed', '2026-01-02T10:00:00+08:00');
  await site.save({ 'articles/filed.md': file });
  await open('filed');
  const { id } = await site.json('/news/filed');

  await site.save({ 'articles/filed.md': undefined });
  const removed = await status('/news/filed');
  await site.save({ 'articles/filed.md': file });

  expect(removed).toBe(410);
  expect(await site.json('/news/filed')).toMatchObject({ id, views: 1 });
});

test('knows a stream that has lost its articles, and none that never had one', async () => {
  await send('tagged', 'PUT', { tags: ['Lost'] });
  await send('tagged', 'DELETE');
  await send('hidden', 'PUT', { tags: ['Hidden'], draft: true });

  expect([await status('/tag/lost'), await status('/tag/hidden'), await status('/tag/never')]).toEqual([
    200, 404, 404,
  ]);
  expect((await site.json('/tag/lost')).items).toEqual([]);
  expect((await site.json('/tag/lost/feed.json')).items).toEqual([]);
});

test.each([
  ['/openapi.json', 'application/json'],
  ['/opml.xml', 'text/x-opml; charset=utf-8'],
  ['/robots.txt', 'text/plain; charset=utf-8'],
  ['/sitemap.xml', 'application/xml; charset=utf-8'],
  ['/sitemap-streams.xml', 'application/xml; charset=utf-8'],
  ['/sitemap-2026-01.xml', 'application/xml; charset=utf-8'],
  ['/news-sitemap.xml', 'application/xml; charset=utf-8'],
])('serves %s as %s, to HEAD as to GET', async (path, type) => {
  const [get, head] = [await site.fetch(path), await site.fetch(path, { method: 'HEAD' })];

  expect([get.status, head.status, await head.text()]).toEqual([200, 200, '']);
  for (const { headers } of [get, head]) expect(headers.get('content-type')).toContain(type);
});

const hasCurl = spawnSync('curl', ['--version']).status === 0;

test.runIf(hasCurl)(
  'publishes by curl alone, with the command as functions/README.md prints it',
  async () => {
    const readme = await readFile('functions/README.md', 'utf8');
    const command = /^curl --aws-sigv4 [^`]*/m.exec(readme)?.[0].trim() ?? '';
    const local = command.replace('http://localhost:3000', site.url);

    const { stdout } = await promisify(execFile)('sh', ['-c', local]);

    expect(local).not.toBe(command);
    expect(JSON.parse(stdout)).toMatchObject({ outcome: 'created' });
    expect(await status(new URL(JSON.parse(stdout).url).pathname)).toBe(200);
  },
);

test('says in /openapi.json where the site answers and what each problem means, under a validator', async () => {
  const { servers, components } = await site.json('/openapi.json');
  const { type } = await site.json('/nowhere');
  const etag = (await site.fetch('/openapi.json')).headers.get('etag') ?? '';

  const again = await site.fetch('/openapi.json', { headers: { 'If-None-Match': etag } });

  expect(servers).toEqual([{ url: site.url }]);
  expect(
    Object.keys(components.responses).map((kind) => `/openapi.json#/components/responses/${kind}`),
  ).toContain(type);
  expect([again.status, await again.text()]).toEqual([304, '']);
});
