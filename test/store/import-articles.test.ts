import { expect } from 'vitest';
import { findArticle } from '../../functions/store/read-article.ts';
import { readViews } from '../../functions/store/views.ts';
import { contentFile } from '../support/content-file.ts';
import { test } from '../support/desk-test.ts';
import { describeStore } from '../support/scan.ts';

const done = { published: [], unchanged: 0, removed: [], broken: [], notes: [] };

test('publishes every file under its name', async ({ desk }) => {
  const report = await desk.import({
    storm: contentFile('Storm', 'tags: [Weather]'),
    calm: contentFile('Calm'),
  });

  expect(report).toEqual({ ...done, published: ['calm', 'storm'] });
  expect(await desk.read('storm')).toMatchObject({
    status: 'published',
    origin: 'content',
    html: '<p>Text</p>',
  });
});

test('writes nothing for files that have not changed', async ({ desk }) => {
  const files = { storm: contentFile('Storm', 'views: 930'), calm: contentFile('Calm', 'draft: true') };
  await desk.import(files);
  const before = await describeStore(desk.store);
  desk.time = '2026-06-02T12:00:00.000Z';

  const report = await desk.import(files);

  expect(report).toEqual({ ...done, unchanged: 2 });
  expect(await describeStore(desk.store)).toEqual(before);
});

test('replaces what a changed file put there', async ({ desk }) => {
  await desk.import({ storm: contentFile('Storm'), calm: contentFile('Calm') });

  const report = await desk.import({ storm: contentFile('Storm over'), calm: contentFile('Calm') });

  expect(report).toEqual({ ...done, published: ['storm'], unchanged: 1 });
  expect((await desk.read('storm')).article.title).toBe('Storm over');
});

test('removes what no file tells of any more', async ({ desk }) => {
  await desk.import({ storm: contentFile('Storm'), calm: contentFile('Calm') });

  const report = await desk.import({ calm: contentFile('Calm') });

  expect(report).toEqual({ ...done, unchanged: 1, removed: ['storm'] });
  expect(await desk.read('storm')).toMatchObject({ status: 'gone', origin: 'content' });
});

test('keeps id, count and first storing of a file that comes back', async ({ desk }) => {
  const files = { storm: contentFile('Storm', 'views: 930'), calm: contentFile('Calm') };
  await desk.import(files);
  const { article, firstStoredAt } = await desk.read('storm');
  await desk.view('storm');
  await desk.import({ calm: files.calm });
  desk.time = '2026-06-02T12:00:00.000Z';

  const report = await desk.import(files);

  expect(report).toEqual({ ...done, published: ['storm'], unchanged: 1 });
  expect(await desk.read('storm')).toMatchObject({ status: 'published', article, firstStoredAt });
  expect(await readViews(desk.store, article.id)).toBe(931);
});

test('renames an article whose file has another name and tells of the old one', async ({ desk }) => {
  await desk.import({ gale: contentFile('Gale', 'views: 930'), calm: contentFile('Calm') });
  const { article } = await desk.read('gale');
  await desk.view('gale');

  const report = await desk.import({
    storm: contentFile('Gale', 'views: 930', 'aliases: [gale]'),
    calm: contentFile('Calm'),
  });

  expect(report).toEqual({ ...done, published: ['storm'], unchanged: 1 });
  expect((await desk.read('storm')).article.id).toBe(article.id);
  expect(await findArticle(desk.store, 'gale')).toMatchObject({ movedTo: 'storm' });
  expect(await readViews(desk.store, article.id)).toBe(931);
});

test('keeps the last good version of a broken file and publishes the others', async ({ desk }) => {
  await desk.import({ storm: contentFile('Storm'), calm: contentFile('Calm') });

  const report = await desk.import({
    storm: contentFile('Storm', 'colour: red'),
    calm: contentFile('Calm again'),
  });

  expect(report).toEqual({
    ...done,
    published: ['calm'],
    broken: [
      { file: 'storm.md', faults: [{ line: 4, pointer: '/colour', message: 'is not a known field' }] },
    ],
  });
  expect(await desk.read('storm')).toMatchObject({ status: 'published', article: { title: 'Storm' } });
});

test('publishes a file that is mended as it was', async ({ desk }) => {
  await desk.import({ storm: contentFile('Storm') });
  await desk.import({ storm: 'no front matter' });

  const report = await desk.import({ storm: contentFile('Storm') });

  expect(report).toEqual({ ...done, unchanged: 1 });
});

test.for([
  ['a guid that another file has', contentFile('Storm', 'guid: item-1'), '/guid'],
  ["another article's old address", contentFile('Storm', 'aliases: [tempest]'), '/aliases'],
  ['the address of another file', contentFile('Storm', 'aliases: [calm]'), '/aliases'],
  ['too long a body', `${contentFile('Storm')}${'x'.repeat(1_000_000)}`, ''],
] as const)('reports %s as a fault of its file', async ([, text, pointer], { desk }) => {
  const calm = contentFile('Calm', 'guid: item-1', 'aliases: [tempest]');
  await desk.import({ calm });

  const report = await desk.import({ calm, storm: text });

  expect(report).toMatchObject({
    ...done,
    unchanged: 1,
    broken: [{ file: 'storm.md', faults: [{ line: 1, pointer, message: expect.stringMatching(/\S/) }] }],
  });
  expect(await findArticle(desk.store, 'storm')).toBeUndefined();
});

test('ends alike when two imports run at once', async ({ desk }) => {
  await desk.import({ gale: contentFile('Gale'), old: contentFile('Old'), calm: contentFile('Calm') });
  const files = {
    ...{ storm: contentFile('Gale', 'aliases: [gale]'), calm: contentFile('Calm again', 'tags: [Weather]') },
    ...Object.fromEntries(
      Array.from({ length: 12 }, (_, index) => [`new-${index}`, contentFile('New', 'tags: [Weather]')]),
    ),
  };

  const reports = await Promise.all([desk.import(files), desk.import(files)]);

  expect(reports.flatMap(({ broken }) => broken)).toEqual([]);
  expect(await desk.read('old')).toMatchObject({ status: 'gone' });
  expect(await desk.import(files)).toEqual({ ...done, unchanged: 14 });
});
