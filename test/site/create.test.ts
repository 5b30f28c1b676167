import { beforeAll, expect, test } from 'vitest';
import { TestBackend } from '../support/backend.ts';
import { signedFetch } from '../support/sign.ts';
import { closeSound, type Site, startSite } from '../support/site.ts';

let site: Site;

beforeAll(async () => {
  site = await startSite();
  return () => closeSound(site);
});

const article = { title: 'Sent', text: 'Some text.', publishedAt: '2026-01-03T23:30:00Z' };

async function send(method: string, path: string, body?: unknown, headers: Record<string, string> = {}) {
  const response = await signedFetch(site.url + path, { method, body, headers });
  const text = await response.text();
  return {
    status: response.status,
    location: response.headers.get('location'),
    etag: response.headers.get('etag') ?? '',
    allow: response.headers.get('allow'),
    json: text === '' ? undefined : JSON.parse(text),
  };
}
const post = (fields: object) => send('POST', '/articles', { ...article, ...fields });

test.each([
  ['Harbour opens – at last!', 'harbour-opens-at-last'],
  ['Émile Zola à Paris', 'emile-zola-a-paris'],
  ['Zürich Straße Œuvre øre', 'zurich-strasse-oeuvre-ore'],
  ["It's O’Clock", 'its-oclock'],
  ['Łódź, Þórr & İstanbul', 'lodz-thorr-istanbul'],
  ['港口 AI', 'ai'],
  // The day is the site's, by whose clock it is the fourth already.
  ['港口开放', expect.stringMatching(/^20260104-[0-9a-f]{6}$/)],
  ['2026', expect.stringMatching(/^20260104-[0-9a-f]{6}$/)],
  [`${'word '.repeat(30)}end`, Array.from({ length: 18 }, () => 'word').join('-')],
])('makes the address of %s from its title', async (title, slug) => {
  const { status, location, json } = await post({ title });

  expect(status).toBe(201);
  expect(json).toMatchObject({ outcome: 'created', slug, version: 1, status: 'published' });
  expect(location).toBe(`/articles/${json.slug}`);
  expect(await site.json(new URL(json.url).pathname)).toMatchObject({ title: title.trim() });
});

test('numbers the addresses of articles with one title, and answers each again as it stands', async () => {
  const texts = Array.from({ length: 12 }, (_, index) => `The news of day ${index}.`);
  for (const text of texts) await post({ title: 'Briefing', text });

  const again = await post({ title: 'Briefing', text: texts[11] });

  expect(again).toMatchObject({ status: 200, location: '/articles/briefing-12' });
  expect(again.json).toMatchObject({ outcome: 'unchanged', version: 1 });
});

test('knows an article again whose text links to its own address', async () => {
  const fields = { title: 'Linked', text: undefined };
  await post({ ...fields, html: '<p>Another.</p>' });
  await post({ ...fields, html: '<p><a href="?page=2">Next</a></p>' });

  const again = await post({ ...fields, html: '<p><a href="?page=2">Next</a></p>' });

  expect(again).toMatchObject({ status: 200, location: '/articles/linked-2' });
});

test('makes two articles of two that are sent at once, and one of one that is sent twice', async () => {
  const fields = { title: 'At once' };

  const answers = await Promise.all([
    ...['one', 'two', 'two'].map((text) => post({ ...fields, text })),
    ...[1, 2].map(() => post({ title: 'Other', guid: 'at once' })),
  ]);

  expect(answers.map(({ status }) => status).sort()).toEqual([200, 200, 201, 201, 201]);
});

test('finds an upstream item again by its guid and leaves it as it is, edited, renamed or removed', async () => {
  const guid = 'https://elsewhere.example/17';
  const first = await post({ title: 'Upstream', guid });
  await send('PUT', '/articles/ours', { ...article, title: 'Ours', aliases: ['upstream'] });

  const known = await post({ title: 'Upstream, corrected', guid, source: { name: 'Elsewhere' } });
  await send('DELETE', '/articles/ours');
  const gone = await post({ title: 'Upstream', guid });

  expect(first.status).toBe(201);
  expect(known).toMatchObject({ status: 200, location: '/articles/ours', json: { outcome: 'unchanged' } });
  expect(gone).toMatchObject({ status: 200, location: '/articles/ours', json: { status: 'gone' } });
});

test('does not use the address of a removed article or an old address again', async () => {
  await post({ title: 'Used' });
  await send('DELETE', '/articles/used');
  await send('PUT', '/articles/moved', { ...article, aliases: ['former'] });

  const [used, former] = [await post({ title: 'Used' }), await post({ title: 'Former' })];

  expect([used.location, former.location]).toEqual(['/articles/used-2', '/articles/former-2']);
});

test('answers an article in the form that replaces it', async () => {
  const body = { ...article, text: undefined, markdown: 'See [it](/news/sent).\n\n* one', tags: ['A', 'B'] };
  await send('PUT', '/articles/round', body);
  const read = await send('GET', '/articles/round');

  const same = await send('PUT', '/articles/round', read.json.article, { 'If-Match': read.etag });
  const edit = { ...read.json.article, markdown: 'Other text.' };
  const edited = await send('PUT', '/articles/round', edit, { 'If-Match': read.etag });

  expect(read.json).toMatchObject({ slug: 'round', version: 1, article: { tags: ['A', 'B'] } });
  expect(same.json).toMatchObject({ outcome: 'unchanged' });
  expect(edited.json.updatedAt > edited.json.publishedAt).toBe(true);
  expect(await site.json('/news/round')).toMatchObject({ summary: 'Other text.' });
});

test('lists every article a page at a time, the newest stored first', async () => {
  const slugs = Array.from({ length: 101 }, (_, index) => `listed-${index}`);
  const backend = TestBackend.on(site.store);
  const start = Date.now();
  for (const [index, slug] of slugs.entries())
    await backend
      .at(new Date(start + index).toISOString())
      .put(slug, { ...article, draft: slug === 'listed-7' });
  await send('DELETE', '/articles/listed-8');

  const first = await send('GET', '/articles');
  const second = await send('GET', first.json.next);

  expect(first.json.items).toHaveLength(100);
  expect([...first.json.items, ...second.json.items].slice(0, 101).map(({ slug }) => slug)).toEqual(
    slugs.toReversed(),
  );
  expect(first.json.items[100 - 7]).toEqual({
    ...{ slug: 'listed-7', title: 'Sent', status: 'draft', version: 1, origin: 'api' },
    ...{ publishedAt: '2026-01-03T23:30:00.000Z', firstStoredAt: expect.any(String) },
    ...{ fileHash: null, changedAt: new Date(start + 7).toISOString(), changedBy: null },
  });
  expect(first.json.items[100 - 8]).toMatchObject({
    ...{ slug: 'listed-8', status: 'gone', version: 2 },
    ...{ changedAt: expect.any(String), changedBy: expect.stringMatching(/^arn:aws:/) },
  });
  expect(second.json.next).toBeNull();
});

test.each([
  ['GET', '/articles?cursor=nonsense', 400, null],
  ['PATCH', '/articles', 405, 'GET, HEAD, POST'],
  ['POST', '/articles/some', 405, 'GET, HEAD, PUT, DELETE'],
  ['DELETE', '/articles/never', 404, null],
  ['GET', '/articles/never', 404, null],
])('refuses %s %s', async (method, path, status, allow) => {
  const refused = await send(method, path);

  expect(refused).toMatchObject({ status, allow, json: { status, type: expect.any(String) } });
});
