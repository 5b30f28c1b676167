import { beforeAll, expect, test } from 'vitest';
import { siteYaml } from '../infra/content-folder.ts';
import { newswire } from '../support/newswire.ts';
import { signedFetch } from '../support/sign.ts';
import { articleFile, closeSound, type Site, startSite } from '../support/site.ts';

let site: Site;

beforeAll(async () => {
  site = await startSite({
    files: { 'articles/filed.md': articleFile('Filed', '2026-01-02T10:00:00+08:00') },
  });
  return () => closeSound(site);
});

const send = (slug: string, method: string, body?: unknown, headers: Record<string, string> = {}) =>
  signedFetch(`${site.url}/articles/${slug}`, { method, body, headers });
const article = { title: 'Sent', text: 'Some text.', publishedAt: '2026-01-03T10:00:00+08:00' };

test('creates, replaces, leaves unchanged and removes', async () => {
  const created = await send('sent', 'PUT', article);
  const unchanged = await send('sent', 'PUT', article);
  const replaced = await send('sent', 'PUT', { ...article, title: 'Sent again' });
  const page = await site.json('/news/sent');
  const removed = await send('sent', 'DELETE');
  const gone = await site.fetch('/news/sent');

  expect([created.status, unchanged.status, replaced.status]).toEqual([201, 200, 200]);
  expect([await unchanged.json(), await replaced.json()]).toMatchObject([
    { outcome: 'unchanged', version: 1 },
    { outcome: 'replaced', version: 2 },
  ]);
  expect(page.title).toBe('Sent again');
  expect([removed.status, gone.status]).toEqual([204, 410]);
});

test('shows a draft to its writers alone', async () => {
  await send('draft', 'PUT', { ...article, draft: true });

  const stored = await send('draft', 'GET');

  expect(await stored.json()).toMatchObject({ slug: 'draft', status: 'draft', article: { title: 'Sent' } });
  expect((await site.fetch('/news/draft')).status).toBe(404);
});

test('gives a removed article without a text, so that PUT takes it back only with one', async () => {
  await send('emptied', 'PUT', article);
  await send('emptied', 'DELETE');

  const stored = (await (await send('emptied', 'GET')).json()) as { article: object };
  const back = await send('emptied', 'PUT', stored.article);
  const anew = await send('emptied', 'PUT', { ...stored.article, text: 'New text.' });

  expect(stored).toMatchObject({ status: 'gone', article: { title: 'Sent' } });
  expect(stored.article).not.toHaveProperty('html');
  expect([back.status, anew.status]).toEqual([422, 201]);
});

test('goes on with its Atom feed after a deleted article was put again under its guid', async () => {
  const body = { ...article, guid: 'https://elsewhere.example/17' };
  await send('again', 'PUT', body);
  await (await site.fetch('/news/again')).text();
  await send('again', 'DELETE');
  await send('again', 'PUT', body);
  await send('later', 'PUT', { ...article, title: 'Published later' });

  const atom = await (await site.fetch('/atom.xml')).text();

  expect(atom).toContain('<title>Published later</title>');
  expect(atom).toContain(`<id>${body.guid}</id>`);
});

test('guards against lost edits', async () => {
  const first = await send('guarded', 'PUT', article);
  const etag = first.headers.get('etag') ?? '';

  const mine = await send('guarded', 'PUT', { ...article, title: 'Mine' }, { 'If-Match': etag });
  const late = await send('guarded', 'PUT', { ...article, title: 'Late' }, { 'If-Match': etag });
  const again = await send('guarded', 'PUT', article, { 'If-None-Match': '*' });

  expect([mine.status, late.status, again.status]).toEqual([200, 412, 412]);
  expect(await site.json('/news/guarded')).toMatchObject({ title: 'Mine' });
});

test('lets a repeated edit pass, for its first answer may have been lost', async () => {
  const { headers } = await send('repeated', 'PUT', article);
  const edit = () =>
    send('repeated', 'PUT', { ...article, title: 'Edit' }, { 'If-Match': headers.get('etag') ?? '' });

  const [first, again] = [await edit(), await edit()];

  expect([first.status, again.status]).toEqual([200, 200]);
  expect(await again.json()).toMatchObject({ outcome: 'unchanged', version: 2 });
});

test.each([
  ['PUT', 'W/"1"', 412],
  ['PUT', '"7", "1"', 200],
  ['PUT', '*', 200],
  ['DELETE', '"7"', 412],
  ['DELETE', '"1"', 204],
])('compares the ETags of %s strongly: %s', async (method, match, status) => {
  const slug = `match-${method.toLowerCase()}-${status}-${match.length}`;
  await send(slug, 'PUT', article);
  const body = method === 'PUT' ? { ...article, title: 'Edit' } : undefined;

  const answer = await send(slug, method, body, { 'If-Match': match });

  expect(answer.status).toBe(status);
});

test('expects an article where there is none', async () => {
  const answer = await send('nowhere', 'PUT', article, { 'If-Match': '*' });

  expect(answer.status).toBe(412);
});

test('creates one article of two that are sent at once as new ones', async () => {
  const titles = ['One', 'Two'];

  const answers = await Promise.all(
    titles.map((title) => send('raced', 'PUT', { ...article, title }, { 'If-None-Match': '*' })),
  );

  expect(answers.map(({ status }) => status).sort()).toEqual([201, 412]);
});

test('takes a removal that is repeated for done', async () => {
  await send('removed', 'PUT', article);

  const answers = [await send('removed', 'DELETE'), await send('removed', 'DELETE')];

  expect(answers.map(({ status }) => status)).toEqual([204, 204]);
});

test('leads from the old address to the new one, and keeps id, views and feed identity', async () => {
  await send('before', 'PUT', { ...article, views: 930 });
  const { id } = await site.json('/news/before');

  await send('after', 'PUT', { ...article, aliases: ['before'] });
  const answers = [await send('before', 'GET'), await site.fetch('/news/before')];

  expect(answers.map(({ status }) => status)).toEqual([308, 308]);
  expect(answers.map(({ headers }) => headers.get('location'))).toEqual([
    '/articles/after',
    `${site.url}/news/after`,
  ]);
  expect(await site.json('/news/after')).toMatchObject({ id, views: 930 });
  const { items } = await site.json('/feed.json');
  expect(items.filter((item: { id: string }) => item.id === id)).toHaveLength(1);
});

test.each([
  ['no JSON', '{"title":', {}, 400],
  ['nothing', '', {}, 400],
  ['another type', '<p>', { 'Content-Type': 'text/html' }, 415],
  ['another character set', '{}', { 'Content-Type': 'application/json; charset=latin1' }, 415],
  ['a compressed body', '{}', { 'Content-Encoding': 'gzip' }, 415],
  ['a text that is no UTF-8', Buffer.from([0x22, 0xff, 0x22]), {}, 400],
])('refuses %s', async (_what, body, headers, status) => {
  const answer = await signedFetch(`${site.url}/articles/body`, { method: 'PUT', raw: body, headers });

  expect(answer.status).toBe(status);
  expect(await answer.json()).toMatchObject({ status, detail: expect.any(String) });
});

test('lists every faulty field', async () => {
  const refused = await send('faulty', 'PUT', { title: '', publishedAt: 'yesterday', nonsense: 1 });

  expect(refused.status).toBe(422);
  expect(refused.headers.get('content-type')).toBe('application/problem+json');
  const { errors } = (await refused.json()) as { errors: { pointer: string }[] };
  expect(errors.map(({ pointer }) => pointer)).toEqual(['/title', '/publishedAt', '/nonsense', '']);
});

test('refuses the address and the old address of another article', async () => {
  await send('owner', 'PUT', { ...article, aliases: ['former'] });

  const alias = await send('former', 'PUT', article);
  const claim = await send('other', 'PUT', { ...article, aliases: ['former'] });

  expect([alias.status, claim.status]).toEqual([409, 409]);
});

test('refuses a write that nobody signed', async () => {
  const url = `${site.url}/articles/unsigned`;
  const body = JSON.stringify(article);

  const unsigned = await fetch(url, { method: 'PUT', body });

  expect(unsigned.status).toBe(403);
  expect(await unsigned.json()).toEqual({ message: 'Forbidden' });
  expect((await send('unsigned', 'GET')).status).toBe(404);
});

test('lets an edit by the API stand when its file changes, and says what differs as `check` does', async () => {
  await send('filed', 'PUT', { ...article, title: 'Edited' });
  const report = (await site.stage.runTriggers()).at(-1);

  const changed = await site.save({
    'articles/filed.md': articleFile('Filed anew', '2026-01-02T10:00:00+08:00'),
  });
  const known = await (await signedFetch(`${site.url}/import`)).json();
  const checked = await newswire('check', site.contentDir, '--to', site.url);

  expect(report).toMatchObject({ kept: ['filed (edited through the API)'], counts: { unchanged: 1 } });
  expect(changed).toMatchObject({ counts: { changed: 0, broken: 1 }, left: 0 });
  const [{ message } = { message: '' }] = changed.broken[0]?.faults ?? [];
  expect(message).toMatch(/^filed was edited through the API .*: publishedAt and title differ\. Nothing/);
  expect(known).toEqual({ authority: 'news.example.com', isPending: false, summary: changed });
  expect(checked).toEqual({
    code: 1,
    out: ['0 articles and 0 images fine, 1 file broken'],
    err: [`${site.contentDir}/articles/filed.md:1 ${message}`],
  });
  expect(await site.json('/news/filed')).toMatchObject({ title: 'Edited' });
});

test('publishes nothing with another authority, and serves the former settings on', async () => {
  const other = siteYaml.replace('news.example.com', 'other.example');
  const idOf = async () => /<id>(.*?)<\/id>/.exec(await (await site.fetch('/atom.xml')).text())?.[1];
  const before = await idOf();

  const rolledBack = await site.save({ 'site.yaml': other });
  const checked = await newswire('check', site.contentDir, '--to', site.url);
  const after = await idOf();

  await site.save({
    'articles/filed.md': articleFile('Filed', '2026-01-02T10:00:00+08:00'),
    'site.yaml': siteYaml,
  });
  expect(rolledBack.counts).toMatchObject({ created: 0, changed: 0 });
  expect(checked.err[0]).toMatch(/site\.yaml:3 authority: is other\.example, .*ALLOW_NEW_AUTHORITY=yes$/);
  expect(after).toBe(before);
});
