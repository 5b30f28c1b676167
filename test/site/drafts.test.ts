import { beforeAll, expect, test } from 'vitest';
import { png } from '../infra/content-folder.ts';
import { signedFetch } from '../support/sign.ts';
import { closeSound, type Site, startSite } from '../support/site.ts';

let site: Site;

beforeAll(async () => {
  site = await startSite();
  return () => closeSound(site);
});

const text = { title: 'Fog', text: 'It is grey.', publishedAt: '2026-01-03T10:00:00Z' };
const put = (path: string, fields: object = {}, headers = {}) =>
  signedFetch(site.url + path, { method: 'PUT', body: { ...text, ...fields }, headers });
const read = async (slug: string) => (await signedFetch(`${site.url}/articles/${slug}`)).json();

test('a draft is stored and changed, and stays a draft whatever its body says', async () => {
  const created = await put('/drafts/fog', { draft: false });
  const changed = await put(
    '/drafts/fog',
    { text: 'It is greyer.' },
    { 'If-Match': created.headers.get('etag') },
  );
  const posted = await signedFetch(`${site.url}/drafts`, {
    method: 'POST',
    body: { ...text, title: 'Mist' },
  });

  expect([created.status, changed.status, posted.status]).toEqual([201, 200, 201]);
  expect(posted.headers.get('location')).toBe('/articles/mist');
  for (const slug of ['fog', 'mist']) {
    expect(await read(slug)).toMatchObject({ status: 'draft', article: { draft: true } });
    expect((await site.fetch(`/news/${slug}`)).status).toBe(404);
  }
});

test.each([
  ['a published article', {}],
  ['one that waits for its time', { publishedAt: '2099-01-03T10:00:00Z' }],
])('%s is left as it is', async (what, fields) => {
  const slug = what.replace(/\W+/g, '-');
  await put(`/articles/${slug}`, fields);
  const before = await read(slug);

  const answer = await put(`/drafts/${slug}`, { text: 'Changed.' });

  expect([answer.status, await answer.json()]).toMatchObject([409, { errors: [{ pointer: '/slug' }] }]);
  expect(await read(slug)).toEqual(before);
});

test('so is what was public once, as a draft or removed, and what an editor published meanwhile', async () => {
  await put('/articles/once');
  await put('/articles/once', { draft: true });
  await put('/articles/removed');
  await signedFetch(`${site.url}/articles/removed`, { method: 'DELETE' });
  await put('/drafts/meanwhile');
  await put('/articles/meanwhile');

  for (const slug of ['once', 'removed', 'meanwhile'])
    expect((await put(`/drafts/${slug}`, { text: 'Changed.' })).status, slug).toBe(409);
  expect((await site.fetch('/news/removed')).status).toBe(410);
});

test('no draft takes an address of another article', async () => {
  await put('/articles/harbour', { aliases: ['port'] });
  // An old address that the article does not name any more goes on leading to it.
  await put('/articles/harbour', { aliases: [] });

  const [renaming, aliased, slug] = [
    await put('/drafts/pier', { aliases: ['harbour'] }),
    await put('/drafts/pier', { aliases: ['port'] }),
    await put('/drafts/port'),
  ];

  expect([renaming.status, aliased.status, slug.status]).toEqual([409, 409, 409]);
  const old = await site.fetch('/news/port', { redirect: 'manual' });
  expect([old.status, old.headers.get('location')]).toEqual([308, `${site.url}/news/harbour`]);
});

test('a picture is stored under a name of its own alone', async () => {
  const send = (path: string, bytes: Buffer) =>
    signedFetch(site.url + path, { method: 'PUT', raw: bytes, headers: { 'Content-Type': 'image/png' } });
  const other = Buffer.concat([png, Buffer.alloc(1)]);

  expect((await send('/drafts/media/pier.png', png)).status).toBe(201);
  expect((await send('/drafts/media/pier.png', png)).status).toBe(200);
  const refused = await send('/drafts/media/pier.png', other);
  expect([refused.status, await refused.json()]).toMatchObject([
    409,
    { detail: expect.stringContaining('pier.png') },
  ]);
  expect((await send('/media/pier.png', other)).status).toBe(200);
});

test.each(['fog%2f..%2f..%2farticles%2fback-door', '..%2farticles%2fback-door'])(
  'no way leads from there to what publishes: /drafts/%s',
  async (path) => {
    const answer = await put(`/drafts/${path}`);

    expect(answer.status).toBe(404);
    expect((await site.fetch('/news/back-door')).status).toBe(404);
  },
);

test('both addresses take nothing else, and nothing without a signature', async () => {
  const wrong = [
    ['/drafts', 'GET', 'POST'],
    ['/drafts/fog', 'DELETE', 'PUT'],
  ] as const;
  for (const [path, method, allow] of wrong) {
    const answer = await signedFetch(site.url + path, { method });
    expect([answer.status, answer.headers.get('allow')]).toEqual([405, allow]);
  }
  for (const path of ['/drafts/fog', '/drafts/media/fog.png'])
    expect((await fetch(site.url + path, { method: 'PUT' })).status).toBe(403);
});
