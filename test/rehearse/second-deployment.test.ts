import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { site } from '../smoke/site.ts';
import { contentDir, deployInShortRuns, readOutputs } from './cdk.ts';

const newTitle = 'Changed by the rehearsal';
const sent = { title: 'Sent before the second deployment', text: 'It must outlive it.' };
const sentSlug = 'rehearsal-sent';

const text = '---\npublishedAt: 2026-01-02T10:00:00+08:00\ntitle: Added\n---\nIn one import of two runs.\n';
const added = Array.from({ length: 8 }, (_, index) => `zz-added-${index}`);

const article = (slug: string) => site.json(`/news/${slug}`);

// biome-ignore lint/suspicious/noExplicitAny: articles as the site shows them
let before: { changed: any; removed: any; kept: any };

test('deploy, with one article changed, one removed and eight new ones, to the same tables and addresses', async ({
  signal,
}) => {
  const { items } = await site.json('/news');
  const [changed, removed, kept] = items.map(({ slug }: { slug: string }) => slug);
  for (const slug of [changed, changed, changed, kept]) await site.read(`/news/${slug}`);
  await site.write(sentSlug, 'PUT', { body: sent });
  before = { changed: await article(changed), removed: await article(removed), kept: await article(kept) };
  expect(before.changed.views).toBeGreaterThanOrEqual(3);
  const outputs = readOutputs();
  const file = join(contentDir, 'articles', `${changed}.md`);
  writeFileSync(file, readFileSync(file, 'utf8').replace(/^title: .*$/m, `title: ${newTitle}`));
  rmSync(join(contentDir, 'articles', `${removed}.md`));

  for (const slug of added) writeFileSync(join(contentDir, 'articles', `${slug}.md`), text);

  const printed = await deployInShortRuns(signal);

  expect(readOutputs()).toEqual(outputs);
  // How far it is by now depends on when the emulator's minute ends.
  expect(printed).toMatch(/^Import of the content, as of .*\nArticles: \d created/m);
});

test('the import goes on by itself, in a second run', async () => {
  const readImport = async () => JSON.parse((await site.readSigned('/import')).text);
  let known = await readImport();
  for (; known.isPending; known = await readImport()) await delay(1000);

  expect(known.summary).toMatchObject({
    counts: { created: 8, changed: 1, removed: 1, broken: 0 },
    ...{ left: 0, runs: 2, notes: [] },
  });
});

test('the changed article has changed, under its id and with its views', async () => {
  const { slug, id, views } = before.changed;

  expect(await article(slug)).toMatchObject({ id, title: newTitle, views });
});

test('the removed article is gone', async () => {
  expect((await site.read(`/news/${before.removed.slug}`)).status).toBe(410);
});

test('another article is as it was, and so is its count', async () => {
  const found = await article(before.kept.slug);

  // Its neighbours have changed, as they should.
  const { previous, next } = found;
  expect(found).toStrictEqual({ ...before.kept, previous, next });
});

test('an article that was sent is still there', async () => {
  expect((await article(sentSlug)).title).toBe(sent.title);
});
