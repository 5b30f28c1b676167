import { readFileSync } from 'node:fs';
import { beforeAll, expect, test } from 'vitest';
import { png } from '../infra/content-folder.ts';
import { articleFile, closeSound, type Site, startSite } from '../support/site.ts';

const file = (title: string, fields: string[] = []) =>
  articleFile(title, '2026-01-02T10:00:00+08:00', fields);
let site: Site;

beforeAll(async () => {
  const others = Array.from({ length: 10 }, (_, index) => [
    `articles/other-${index}.md`,
    file(`Other ${index}`),
  ]);
  site = await startSite({ files: { ...Object.fromEntries(others), 'media/pier.png': png } });
  return () => closeSound(site);
});

const status = async (path: string) => (await site.fetch(path)).status;

test('publishes a new file everywhere, and removes it from everywhere', async () => {
  const saved = await site.save({
    'articles/new.md': articleFile('New', '2026-01-03T10:00:00+08:00', ['tags: [port]']),
  });
  const neighbour = await site.json('/news/other-9');
  const tag = await site.json('/tag/port');

  const removed = await site.save({ 'articles/new.md': undefined });

  expect(saved.created).toEqual(['new']);
  expect(neighbour.next).toMatchObject({ slug: 'new' });
  expect(tag.items).toMatchObject([{ slug: 'new' }]);
  expect(removed.removed).toEqual(['new']);
  expect(await status('/news/new')).toBe(410);
  expect((await site.json('/news/other-9')).next).toBeNull();
});

test('publishes what changed and leaves the rest alone', async () => {
  const report = await site.save({ 'articles/other-3.md': file('Other 3, corrected') });

  await site.save({ 'articles/other-3.md': file('Other 3') });
  expect(report).toMatchObject({ changed: ['other-3'], counts: { unchanged: 9, removed: 0, broken: 0 } });
});

test('shows a picture that is saved anew in the articles that have it, and keeps the former address', async () => {
  const fields = ['image: { url: /media/pier.png }', 'updatedAt: 2026-01-02T11:00:00+08:00'];
  await site.save({ 'articles/pictured.md': file('Pictured', fields) });
  const before = await site.json('/news/pictured');

  const report = await site.save({ 'media/pier.png': readFileSync('test/fixtures/pictures/place.png') });

  const { image, updatedAt } = await site.json('/news/pictured');
  await site.save({ 'articles/pictured.md': undefined });
  expect(report.changed).toEqual([]);
  expect(before.image.url).toMatch(/\/media\/pier-[0-9a-f]{16}\.png$/);
  expect(image.url).toMatch(/\/media\/pier-[0-9a-f]{16}\.png$/);
  expect([image.url === before.image.url, updatedAt]).toEqual([false, before.updatedAt]);
  for (const { url } of [before.image, image, ...image.sizes])
    expect((await fetch(url)).headers.get('content-type')).toMatch(/^image\/(png|webp)$/);
});

test('keeps the last good version of a broken file and publishes the others', async () => {
  const report = await site.save({
    'articles/other-1.md': '---\ntitle: 5\nfoo: 1\n---\n',
    'articles/other-2.md': file('Other 2, corrected'),
  });
  const kept = await site.json('/news/other-1');

  await site.save({ 'articles/other-1.md': file('Other 1'), 'articles/other-2.md': file('Other 2') });
  expect(report.changed).toEqual(['other-2']);
  expect(report.removed).toEqual([]);
  expect(report.broken).toMatchObject([
    {
      file: 'other-1.md',
      faults: expect.arrayContaining([
        expect.objectContaining({ line: 2, pointer: '/title' }),
        expect.objectContaining({ line: 3, pointer: '/foo' }),
      ]),
    },
  ]);
  expect(kept).toMatchObject({ title: 'Other 1' });
});

test('renames an article by its file name and an alias, views and identity kept', async () => {
  await site.save({ 'articles/old-name.md': file('Renamed') });
  await site.fetch('/news/old-name/views', { method: 'POST' });
  const before = await site.json('/news/old-name');

  await site.save({
    'articles/old-name.md': undefined,
    'articles/new-name.md': file('Renamed', ['aliases: [old-name]']),
  });
  const after = await site.json('/news/new-name');
  const old = await status('/news/old-name');

  await site.save({ 'articles/new-name.md': undefined });
  expect({ id: after.id, views: after.views }).toEqual({ id: before.id, views: before.views });
  expect(old).toBe(308);
});

test('removes nothing when more than a fifth of the files is missing', async () => {
  const names = ['other-5', 'other-6', 'other-7'];

  const report = await site.save(Object.fromEntries(names.map((name) => [`articles/${name}.md`, undefined])));

  const statuses = await Promise.all(names.map((name) => status(`/news/${name}`)));
  await site.save(
    Object.fromEntries(names.map((name) => [`articles/${name}.md`, file(name.replace('other-', 'Other '))])),
  );
  expect(report.removed).toEqual([]);
  expect(report.notes).toEqual([expect.stringContaining('ALLOW_MASS_REMOVAL')]);
  expect(statuses).toEqual([200, 200, 200]);
});
