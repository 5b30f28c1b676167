import { beforeAll, expect, test } from 'vitest';
import { signedFetch } from '../support/sign.ts';
import { articleFile, expectSound, type Site, startSite } from '../support/site.ts';

let site: Site;

beforeAll(async () => {
  site = await startSite({
    files: { 'articles/filed.md': articleFile('Filed', '2026-01-02T10:00:00+08:00') },
  });
  return async () => {
    await expectSound(site);
    await site.close();
  };
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

  expect(await stored.json()).toMatchObject({ slug: 'draft', status: 'draft', title: 'Sent' });
  expect((await site.fetch('/news/draft')).status).toBe(404);
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

test('lets an edit by the API stand until the file itself changes', async () => {
  await send('filed', 'PUT', { ...article, title: 'Edited' });
  const [report] = await site.stage.runTriggers();
  const kept = await site.json('/news/filed');

  const changed = await site.save({
    'articles/filed.md': articleFile('Filed anew', '2026-01-02T10:00:00+08:00'),
  });

  expect(report).toMatchObject({ published: [], removed: [], unchanged: 1 });
  expect(kept.title).toBe('Edited');
  expect(changed.published).toEqual(['filed']);
  expect(await site.json('/news/filed')).toMatchObject({ title: 'Filed anew' });
});
