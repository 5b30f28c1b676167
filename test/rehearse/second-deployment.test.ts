import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { site } from '../smoke/site.ts';
import { contentDir, deploy, readOutputs } from './cdk.ts';

const newTitle = 'Changed by the rehearsal';
const sent = { title: 'Sent before the second deployment', text: 'It must outlive it.' };
const sentSlug = 'rehearsal-sent';

const article = (slug: string) => site.json(`/news/${slug}`);

// biome-ignore lint/suspicious/noExplicitAny: articles as the site shows them
let before: { changed: any; removed: any; kept: any };

test('cdk deploy, with one article changed and one removed, to the same tables and addresses', async ({
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

  expect(await deploy(signal)).toEqual(outputs);
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
