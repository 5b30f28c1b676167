import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test, vi } from 'vitest';
import { contentFolder } from '../infra/content-folder.ts';
import { newswire, newswireTyping } from '../support/newswire.ts';
import { signedFetch } from '../support/sign.ts';
import { articleFile, closeSound, startSite } from '../support/site.ts';

test('an editor publishes, corrects, deletes, restores, deletes and erases: no text is lost, and then none is left', async () => {
  const site = await startSite();
  const run = byCommands(site);
  const folder = contentFolder({ 'in/ferry.md': '---\ntitle: Ferry\n---\nThe *ferry* is back.\n' });
  const address = `${site.url}/articles/ferry`;

  expect((await run('publish', `${folder}/in`)).code).toBe(0);
  await site.fetch('/news/ferry');
  const { id } = await site.json('/news/ferry');
  await signedFetch(address, { method: 'PUT', body: { title: 'Ferry', text: 'It is late.' } });
  expect(await site.check()).toEqual([]);
  expect((await run('unpublish', 'ferry')).code).toBe(0);
  const listed = await run('versions', 'ferry');
  const newest = await run('restore', 'ferry');
  expect(await site.json('/news/ferry')).toMatchObject({ id, views: 1, contentHtml: '<p>It is late.</p>' });
  const first = await run('restore', 'ferry', '--version', '1');
  expect((await (await signedFetch(address)).json()) as object).toMatchObject({
    id,
    article: { markdown: expect.stringContaining('The *ferry* is back.') },
  });
  const refused = [
    await run('restore', 'ferry', '--version', '99'),
    await run('versions', 'never'),
    await run('erase', 'ferry', '--yes'),
    await run('erase', 'never', '--yes'),
  ];
  expect((await run('unpublish', 'ferry')).code).toBe(0);
  const mistyped = await newswireTyping('fery', 'erase', 'ferry', '--to', site.url);
  const untouched = (await run('versions', 'ferry')).out.length;
  const erased = [
    await newswireTyping('ferry', 'erase', 'ferry', '--to', site.url),
    await run('erase', 'ferry', '--yes'),
  ];
  const lost = [await run('restore', 'ferry'), await run('versions', 'ferry')];
  const all = await run('list');

  expect(listed.out.map((line) => line.split('  '))).toEqual([
    ['2', expect.any(String), 'api', expect.stringContaining('user/local'), 'Ferry'],
    ['1', expect.any(String), 'api', expect.stringContaining('user/local'), 'Ferry'],
  ]);
  expect(newest).toMatchObject({ code: 0, out: [`restored  ferry: ${site.url}/news/ferry`] });
  expect(first).toMatchObject({ code: 0, err: [] });
  expect(refused.map(({ code }) => code)).not.toContain(0);
  expect(refused[2]?.err).toEqual([expect.stringContaining('Delete it first')]);
  expect(mistyped.err.at(-1)).toBe('ferry was not typed: nothing is erased');
  expect(untouched).toBeGreaterThan(2);
  expect(erased.map(({ out }) => out)).toEqual([['erased  ferry'], ['erased  ferry']]);
  for (const { code, err } of lost)
    expect([code, err]).toEqual([
      1,
      [expect.stringMatching(/^ferry: ferry was erased on .+: no text of it is left/)],
    ]);
  expect(all.out.filter((line) => line.startsWith('ferry'))).toEqual([expect.stringContaining('erased')]);
  expect((await site.fetch('/news/ferry')).status).toBe(410);
  await closeSound(site);
});

test('an editor corrects by API, changes the file, is told, pulls, and lets a file win', async () => {
  const tablePrefix = `${crypto.randomUUID()}-`;
  const site = await startSite({ tablePrefix, files: { 'articles/ferry.md': ferry('The ferry is back.') } });
  const run = byCommands(site);
  vi.stubEnv('CONTENT_DIR', site.contentDir);
  const file = join(site.contentDir, 'articles/ferry.md');
  const put = (html: string) =>
    signedFetch(`${site.url}/articles/ferry`, {
      method: 'PUT',
      body: { title: 'Ferry: late', html, publishedAt: '2026-01-02T10:00:00+08:00', tags: ['sea'] },
    });
  const html = '<p>It is  late.</p>\n\n<pre>  10:00 # *</pre>';

  await put(html);
  expect(await site.check()).toEqual([]);
  const told = await site.save({ 'articles/ferry.md': ferry('The ferry is back!') });
  const checked = await run('check');
  expect(await site.json('/news/ferry')).toMatchObject({ title: 'Ferry: late' });

  const taken = new Promise((resolve) => site.onImport(resolve));
  const pulled = await run('pull', 'ferry');
  const agreed = await taken;
  const text = readFileSync(file, 'utf8');
  expect(await run('check')).toMatchObject({ code: 0 });
  const stored = (await (await signedFetch(`${site.url}/articles/ferry`)).json()) as { id: string };
  const mended = await site.save({ 'articles/ferry.md': text.replace('late.', 'later.') });

  await put(html);
  const refused = await site.save({ 'articles/ferry.md': ferry('The ferry is back again.') });
  const winning = await startSite({
    tablePrefix,
    files: { 'articles/ferry.md': ferry('The ferry is back again.') },
    change: ({ Resources }) => {
      const lambdas = Object.entries(Resources).filter(([id]) => id.startsWith('ImportContentFunction'));
      for (const [, { Properties }] of lambdas)
        if (Properties.Environment) Properties.Environment.Variables.TAKE_FILES = 'yes';
    },
  });

  expect(told.broken).toMatchObject([{ file: 'ferry.md' }]);
  expect(checked).toMatchObject({
    code: 1,
    err: [expect.stringMatching(/ tags, title, and text differ/)],
  });
  expect(pulled).toMatchObject({ code: 0, out: [`pulled  ${file}`] });
  expect(text).toBe(
    [
      '---',
      'title: "Ferry: late"',
      'publishedAt: 2026-01-02T02:00:00.000Z',
      `id: ${stored.id}`,
      'tags:',
      '  - sea',
      'format: html',
      '---',
      html,
    ].join('\n'),
  );
  expect(agreed).toMatchObject({ changed: ['ferry'], counts: { broken: 0 } });
  expect(stored).toMatchObject({ origin: 'content', article: { html } });
  expect(mended).toMatchObject({ changed: ['ferry'] });
  expect(refused.broken).toMatchObject([{ file: 'ferry.md' }]);
  expect(winning.imported).toMatchObject({ changed: ['ferry'], notes: [expect.stringMatching(/has won/)] });
  expect(await site.json('/news/ferry')).toMatchObject({
    title: 'Ferry',
    contentHtml: '<p>The ferry is back again.</p>',
  });
  expect((await run('versions', 'ferry')).out[0]).toMatch(/ api .* Ferry: late$/);
  await closeSound(winning);
  await closeSound(site);
});

/** Types a command at the site, after which the checker finds nothing wrong. */
function byCommands(site: Awaited<ReturnType<typeof startSite>>) {
  return async (...args: string[]) => {
    const ended = await newswire(...args, '--to', site.url);
    expect(await site.check()).toEqual([]);
    return ended;
  };
}

function ferry(body: string): string {
  return articleFile('Ferry', '2026-01-02T10:00:00+08:00', [], body);
}
