import { expect, test } from 'vitest';
import { contentFolder } from '../infra/content-folder.ts';
import { newswire, newswireTyping } from '../support/newswire.ts';
import { signedFetch } from '../support/sign.ts';
import { expectSound, startSite } from '../support/site.ts';

test('an editor publishes, corrects, deletes, restores, deletes and erases: no text is lost, and then none is left', async () => {
  const site = await startSite();
  const run = (...args: string[]) => newswire(...args, '--to', site.url);
  const folder = contentFolder({ 'in/ferry.md': '---\ntitle: Ferry\n---\nThe *ferry* is back.\n' });
  const address = `${site.url}/articles/ferry`;

  expect((await run('publish', `${folder}/in`)).code).toBe(0);
  await site.fetch('/news/ferry');
  const { id } = await site.json('/news/ferry');
  expect(await site.check()).toEqual([]);
  await signedFetch(address, { method: 'PUT', body: { title: 'Ferry', text: 'It is late.' } });
  expect(await site.check()).toEqual([]);
  expect((await run('unpublish', 'ferry')).code).toBe(0);
  expect(await site.check()).toEqual([]);
  const listed = await run('versions', 'ferry');
  const newest = await run('restore', 'ferry');
  expect(await site.json('/news/ferry')).toMatchObject({ id, views: 1, contentHtml: '<p>It is late.</p>' });
  expect(await site.check()).toEqual([]);
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
  expect(await site.check()).toEqual([]);
  const mistyped = await newswireTyping('fery', 'erase', 'ferry', '--to', site.url);
  const untouched = (await run('versions', 'ferry')).out.length;
  const erased = [
    await newswireTyping('ferry', 'erase', 'ferry', '--to', site.url),
    await run('erase', 'ferry', '--yes'),
  ];
  expect(await site.check()).toEqual([]);
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
  await expectSound(site);
  await site.close();
});
