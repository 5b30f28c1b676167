import { beforeAll, expect, test } from 'vitest';
import { account } from '../../infra/local/account.ts';
import { signedFetch } from '../support/sign.ts';
import { articleFile, expectSound, type Site, startSite } from '../support/site.ts';

let site: Site;

beforeAll(async () => {
  site = await startSite({ files: { 'articles/first.md': articleFile('First', '2026-01-01T10:00:00Z') } });
  return async () => {
    await expectSound(site);
    await site.close();
  };
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
