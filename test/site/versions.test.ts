import { beforeAll, expect, test } from 'vitest';
import { account } from '../../infra/local/account.ts';
import { signedFetch } from '../support/sign.ts';
import { articleFile, closeSound, type Site, startSite } from '../support/site.ts';

let site: Site;

beforeAll(async () => {
  site = await startSite({ files: { 'articles/first.md': articleFile('First', '2026-01-01T10:00:00Z') } });
  return () => closeSound(site);
});

const call = (path: string, method = 'GET', body?: object) =>
  signedFetch(`${site.url}/articles/${path}`, { method, ...(body && { body }) });
// biome-ignore lint/suspicious/noExplicitAny: a test reads what it expects
const read = async (path: string): Promise<any> => (await call(path)).json();
const put = (slug: string, fields: object) => call(slug, 'PUT', { title: slug, ...fields });
const user = `arn:aws:iam::${account.id}:user/local`;

test('gives a body back in the form it was put', async () => {
  const bodies = [{ markdown: '*Late*' }, { html: '<p onclick="x()">Late</p>' }, { text: 'Late' }];

  for (const [index, body] of bodies.entries()) {
    await put(`form-${index}`, body);
    const { article } = await read(`form-${index}`);
    const again = await call(`form-${index}`, 'PUT', article);

    expect(article).toMatchObject(body);
    expect(await again.json()).toMatchObject({ outcome: 'unchanged' });
  }
});

test('lists who replaced a file, and gives the text of the file whole', async () => {
  const publishedAt = '2026-01-02T10:00:00+08:00';
  await site.save({ 'articles/filed.md': articleFile('Filed', publishedAt, [], 'The *file*.') });
  await put('filed', { title: 'Edited', text: 'The edit.' });

  const { items } = await read('filed/versions');
  const former = await read('filed/versions/1');

  expect(items).toMatchObject([{ n: 1, title: 'Filed', who: 'import', way: 'file' }]);
  expect(items).toMatchObject([{ replaced: { who: user, way: 'api' } }]);
  expect(former.article).toMatchObject({ title: 'Filed', markdown: '\nThe *file*.' });
});

test('knows no versions of what was never stored, and follows old addresses', async () => {
  await put('kept', { text: 'One' });
  await put('kept-on', { text: 'Two', aliases: ['kept'] });

  const statuses = [
    await call('never/versions'),
    await call('never/versions/1'),
    await call('kept-on/versions/9'),
    await call('kept/versions'),
    await call('kept/versions/1'),
    await call('kept-on/versions', 'POST'),
  ].map(({ status, headers }) => [status, headers.get('location')]);

  expect(statuses).toEqual([
    [404, null],
    [404, null],
    [404, null],
    [308, '/articles/kept-on/versions'],
    [308, '/articles/kept-on/versions/1'],
    [405, null],
  ]);
  expect((await read('kept-on/versions/1')).article).toMatchObject({ text: 'One' });
});

test('puts a former text back, and a deleted article with its id and views', async () => {
  await put('undone', { title: 'First', markdown: '*One*', aliases: ['once'] });
  await site.fetch('/news/undone');
  const { id } = await read('undone');
  await put('undone', { title: 'Second', text: 'Two', aliases: ['once'] });

  const restored = await call('undone/restore', 'POST', {});
  const repeated = await call('undone/restore', 'POST', { version: 1 });
  const first = await read('undone');
  await call('undone', 'DELETE');
  const gone = await site.fetch('/news/undone');
  const back = await call('undone/restore', 'POST', { version: 2 });

  expect([restored.status, gone.status, back.status]).toEqual([200, 410, 201]);
  expect(await repeated.json()).toMatchObject({ outcome: 'unchanged' });
  expect(first).toMatchObject({ id, version: 3, article: { title: 'First', markdown: '*One*' } });
  expect(await site.json('/news/undone')).toMatchObject({ id, title: 'Second', views: 1 });
  expect((await site.fetch('/news/once')).status).toBe(308);
  expect((await read('undone/versions')).items.map(({ n }: { n: number }) => n)).toEqual([3, 2, 1]);
  expect(await site.check()).toEqual([]);
});

test.each([
  ['an unknown address', 'nowhere', {}, 404],
  ['a number that is none', 'first', { version: 'x' }, 422],
  ['an article without former texts', 'first', {}, 404],
])('restores nothing for %s', async (_, slug, body, status) => {
  expect((await call(`${slug}/restore`, 'POST', body)).status).toBe(status);
});

test('erases what is deleted, once and for all', async () => {
  const statuses = async (...calls: [string, string?, object?][]) => {
    const found: number[] = [];
    for (const [path, method, body] of calls) found.push((await call(path, method, body)).status);
    return found;
  };
  await put('gone', { text: 'Once', aliases: ['before'] });
  const early = await call('gone/erase', 'POST');
  await call('gone', 'DELETE');

  const erased = await statuses(
    ['gone/erase', 'POST'],
    ['gone/erase', 'POST'],
    ['never/erase', 'POST'],
    ['gone/erase'],
  );

  expect([early.status, await early.json()]).toMatchObject([409, { title: 'Not Deleted' }]);
  expect(erased).toEqual([204, 204, 404, 405]);
  expect(
    await statuses(['gone'], ['gone/versions'], ['gone/versions/1'], ['gone/restore', 'POST', {}]),
  ).toEqual([...[410, 410, 410, 410]]);
  expect(await statuses(['gone', 'DELETE'])).toEqual([204]);
  for (const path of ['gone', 'gone.json', 'before'])
    expect([path, (await site.fetch(`/news/${path}`)).status]).toEqual([path, 410]);
  const listed = (await (await signedFetch(`${site.url}/articles`)).json()) as { items: { slug: string }[] };
  expect(listed.items.find(({ slug }) => slug === 'gone')).toMatchObject({
    ...{ title: '', status: 'gone', erasedAt: expect.any(String) },
  });
  expect(await site.check()).toEqual([]);
  expect((await put('gone', { text: 'Anew' })).status).toBe(201);
});

test.each([
  ['draft', { draft: true }],
  ['embargoed article', { publishedAt: '2099-01-01T00:00:00Z' }],
])('knows nothing of a %s once it is deleted', async (what, fields) => {
  const slug = `secret-${what.slice(0, 5)}`;
  await put(slug, { text: 'Secret', aliases: [`${slug}-old`], ...fields });

  await call(slug, 'DELETE');

  for (const path of [slug, `${slug}.json`, `${slug}-old`])
    expect([path, (await site.fetch(`/news/${path}`)).status]).toEqual([path, 404]);
});
