import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { parse } from 'yaml';
import { inspectContent } from '../../infra/tools/inspect-content.ts';
import { png, siteYaml, temporaryFolder } from '../infra/content-folder.ts';
import { newswire } from '../support/newswire.ts';
import { signedFetch } from '../support/sign.ts';
import { articleFile, closeSound, type Site, startSite } from '../support/site.ts';

let site: Site;

beforeAll(async () => {
  const settings = '\nfooter: [One, Two]\nredirects: { /old: /about, "/?p=1": /news/one }';
  site = await startSite({
    files: {
      'site.yaml': siteYaml + settings,
      'articles/one.md': articleFile('One', '2026-01-02T10:00:00+08:00'),
      'articles/two.md': articleFile('Two', '2026-01-03T10:00:00+08:00', [
        'aliases: [former-two]',
        'views: 5',
      ]),
    },
  });
  return () => closeSound(site);
});

const write = (method: string, path: string, body?: unknown) =>
  signedFetch(site.url + path, { method, body });
const run = (folder: string, ...more: string[]) => newswire('export', folder, '--to', site.url, ...more);
const read = (folder: string, path: string) => readFileSync(join(folder, path), 'utf8');

test('an export is a sound content folder, and a later one goes on from it without overwriting what was changed', async () => {
  const folder = join(temporaryFolder(), 'export');
  await write('PUT', '/redirects', { redirects: [{ from: '/2019/*', to: '/news/two' }] });
  const first = await run(folder);
  expect(first).toMatchObject({
    code: 0,
    err: [],
    out: [expect.stringMatching(/^2 articles, 0 drafts.* 3 files written$/)],
  });
  expect((await inspectContent(folder)).faults).toEqual([]);
  expect(parse(read(folder, 'site.yaml'))).toMatchObject({
    footer: ['One', 'Two'],
    redirects: { '/old': '/about', '/?p=1': '/news/one', '/2019/*': '/news/two' },
  });
  expect(read(folder, 'articles/two.md')).toContain('views: 5');
  const again = await run(folder);
  expect(again.out[0]).toContain(': 0 files written');

  // A view, a rename, a change on both sides, and a lost file.
  await (await site.fetch('/news/two', { headers: { Accept: 'text/html' } })).text();
  const text = { text: 'Changed.', publishedAt: '2026-01-02T10:00:00+08:00' };
  await write('PUT', '/articles/third', { ...text, title: 'Third' });
  await run(folder);
  await write('PUT', '/articles/fourth', { ...text, title: 'Third', aliases: ['third'] });
  await write('PUT', '/articles/one', { ...text, title: 'One' });
  writeFileSync(join(folder, 'articles/one.md'), `${read(folder, 'articles/one.md')}\nMine.\n`);
  rmSync(join(folder, 'articles/two.md'));
  const later = await run(folder, '--versions', '--wxr');

  expect(later.code).toBe(1);
  expect(later.err).toEqual([
    `${folder}/articles/one.md stays as you have changed it: move it away to have it written`,
  ]);
  expect(read(folder, 'articles/one.md')).toContain('Mine.');
  expect(read(folder, 'articles/two.md')).toContain('views: 6');
  expect(readdirSync(join(folder, 'articles'))).toEqual(['fourth.md', 'one.md', 'two.md']);
  expect(JSON.parse(read(folder, 'versions/one/1.json')).article.title).toBe('One');
  expect(read(folder, 'wordpress.xml')).toContain('<![CDATA[Third]]>');
  expect((await inspectContent(folder)).faults).toEqual([]);
});

test('a picture that a text shows by the address of what it was comes under that name', async () => {
  const folder = join(temporaryFolder(), 'export');
  const send = async (raw: Buffer) => {
    const headers = { 'Content-Type': 'image/png' };
    const answer = await signedFetch(`${site.url}/media/pier.png`, { method: 'PUT', raw, headers });
    return ((await answer.json()) as { path: string }).path;
  };
  const former = await send(png);
  const current = await send(readFileSync('test/fixtures/pictures/place.png'));
  const markdown = `![A](${former}) ![B](${current}) ![C](/media/pier.png)`;
  await write('PUT', '/articles/pictured', { title: 'Pictured', markdown });

  await run(folder);

  expect(read(folder, 'articles/pictured.md')).toContain(
    `![A](${former}) ![B](/media/pier.png) ![C](/media/pier.png)`,
  );
  expect(readFileSync(join(folder, former))).toEqual(png);
  expect((await inspectContent(folder)).faults).toEqual([]);
  await write('DELETE', '/articles/pictured');
});

test('a folder that holds anything else, or an export of another site, is refused', async () => {
  const other = temporaryFolder();
  writeFileSync(join(other, 'mine.txt'), 'mine');
  const foreign = temporaryFolder();
  writeFileSync(join(foreign, 'export.json'), '{"from":"https://other.example","files":{}}');

  expect((await run(other)).err).toEqual([`${other} is not empty and no earlier export: name a new folder`]);
  expect((await run(foreign)).err).toEqual([
    `${foreign} is an export of https://other.example: name another folder`,
  ]);
  expect(existsSync(join(other, 'export.json'))).toBe(false);
  expect((await newswire('export')).code).toBe(2);
});
