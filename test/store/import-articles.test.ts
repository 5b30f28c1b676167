import { expect } from 'vitest';
import { readViews } from '../../functions/store/counter.ts';
import { findArticle } from '../../functions/store/read-article.ts';
import { emptyReport } from '../../functions/write/import-articles.ts';
import { test } from '../support/backend-test.ts';
import { contentFile } from '../support/content-file.ts';
import { describeStore } from '../support/scan.ts';
import { interruptWrite, watchStore } from '../support/watched-store.ts';

const done = { ...emptyReport(), known: expect.any(Number) };

test('publishes every file under its name', async ({ backend }) => {
  const report = await backend.import({
    storm: contentFile('Storm', 'tags: [Weather]'),
    calm: contentFile('Calm'),
  });

  expect(report).toEqual({ ...done, created: ['calm', 'storm'] });
  expect(await backend.read('storm')).toMatchObject({
    status: 'published',
    origin: 'content',
    html: '<p>Text</p>',
  });
});

test('writes nothing for files that have not changed', async ({ backend }) => {
  const files = { storm: contentFile('Storm', 'views: 930'), calm: contentFile('Calm', 'draft: true') };
  await backend.import(files);
  const before = await describeStore(backend.store);
  backend.time = '2026-06-02T12:00:00.000Z';

  const report = await backend.import(files);

  expect(report).toEqual({ ...done, unchanged: 2 });
  expect(await describeStore(backend.store)).toEqual(before);
});

test('replaces what a changed file put there', async ({ backend }) => {
  await backend.import({ storm: contentFile('Storm'), calm: contentFile('Calm') });

  const report = await backend.import({ storm: contentFile('Storm over'), calm: contentFile('Calm') });

  expect(report).toEqual({ ...done, changed: ['storm'], unchanged: 1 });
  expect((await backend.read('storm')).article.title).toBe('Storm over');
});

test('removes what no file tells of any more', async ({ backend }) => {
  await backend.import({ storm: contentFile('Storm'), calm: contentFile('Calm') });

  const report = await backend.import({ calm: contentFile('Calm') });

  expect(report).toEqual({ ...done, unchanged: 1, removed: ['storm'] });
  expect(await backend.read('storm')).toMatchObject({ status: 'gone', origin: 'content' });
});

test('keeps id, count and first storing of a file that comes back', async ({ backend }) => {
  const files = { storm: contentFile('Storm', 'views: 930'), calm: contentFile('Calm') };
  await backend.import(files);
  const { article, firstStoredAt } = await backend.read('storm');
  await backend.view('storm');
  await backend.import({ calm: files.calm });
  backend.time = '2026-06-02T12:00:00.000Z';

  const report = await backend.import(files);

  expect(report).toEqual({ ...done, changed: ['storm'], unchanged: 1 });
  expect(await backend.read('storm')).toMatchObject({ status: 'published', article, firstStoredAt });
  expect(await readViews(backend.store, article.id)).toBe(931);
});

test('renames an article whose file has another name and tells of the old one', async ({ backend }) => {
  await backend.import({ gale: contentFile('Gale', 'views: 930'), calm: contentFile('Calm') });
  const { article } = await backend.read('gale');
  await backend.view('gale');

  const report = await backend.import({
    storm: contentFile('Gale', 'views: 930', 'aliases: [gale]'),
    calm: contentFile('Calm'),
  });

  expect(report).toEqual({ ...done, changed: ['storm'], unchanged: 1 });
  expect((await backend.read('storm')).article.id).toBe(article.id);
  expect(await findArticle(backend.store, 'gale')).toMatchObject({ movedTo: 'storm' });
  expect(await readViews(backend.store, article.id)).toBe(931);
});

test('keeps the last good version of a broken file and publishes the others', async ({ backend }) => {
  await backend.import({ storm: contentFile('Storm'), calm: contentFile('Calm') });

  const report = await backend.import({
    storm: contentFile('Storm', 'colour: red'),
    calm: contentFile('Calm again'),
  });

  expect(report).toEqual({
    ...done,
    changed: ['calm'],
    broken: [
      { file: 'storm.md', faults: [{ line: 4, pointer: '/colour', message: 'is not a known field' }] },
    ],
  });
  expect(await backend.read('storm')).toMatchObject({ status: 'published', article: { title: 'Storm' } });
});

test('publishes a file that is mended as it was', async ({ backend }) => {
  await backend.import({ storm: contentFile('Storm') });
  await backend.import({ storm: 'no front matter' });

  const report = await backend.import({ storm: contentFile('Storm') });

  expect(report).toEqual({ ...done, unchanged: 1 });
});

test.for([
  ['a guid that another file has', contentFile('Storm', 'guid: item-1'), '/guid'],
  ["another article's old address", contentFile('Storm', 'aliases: [tempest]'), '/aliases'],
  ['the address of another file', contentFile('Storm', 'aliases: [calm]'), '/aliases'],
  ['too long a body', `${contentFile('Storm')}${'x'.repeat(1_000_000)}`, ''],
] as const)('reports %s as a fault of its file', async ([, text, pointer], { backend }) => {
  const calm = contentFile('Calm', 'guid: item-1', 'aliases: [tempest]');
  await backend.import({ calm });

  const report = await backend.import({ calm, storm: text });

  expect(report).toMatchObject({
    ...done,
    unchanged: 1,
    broken: [{ file: 'storm.md', faults: [{ line: 1, pointer, message: expect.stringMatching(/\S/) }] }],
  });
  expect(await findArticle(backend.store, 'storm')).toBeUndefined();
});

test('ends alike when two imports run at once', async ({ backend }) => {
  await backend.import({ gale: contentFile('Gale'), old: contentFile('Old'), calm: contentFile('Calm') });
  const files = {
    storm: contentFile('Gale', 'aliases: [gale]'),
    calm: contentFile('Calm again', 'tags: [Weather]'),
    ...Object.fromEntries(
      Array.from({ length: 12 }, (_, index) => [`new-${index}`, contentFile('New', 'tags: [Weather]')]),
    ),
  };

  const reports = await Promise.all([backend.import(files), backend.import(files)]);

  expect(reports.flatMap(({ broken }) => broken)).toEqual([]);
  expect(await backend.read('old')).toMatchObject({ status: 'gone' });
  expect(await backend.import(files)).toEqual({ ...done, unchanged: 14 });
});

test('writes nothing over what another import has stored meanwhile, and leaves it to the next run', async ({
  backend,
}) => {
  await backend.import({ storm: contentFile('Storm') });
  const store = interruptWrite(backend.store, () => backend.import({ storm: contentFile('Newer') }));

  const older = await backend.through(store).import({ storm: contentFile('Older') });

  expect(older).toEqual({ ...done, left: 1 });
  expect((await backend.read('storm')).article.title).toBe('Newer');
});

test('ends at what no editor can mend', async ({ backend }) => {
  const store = watchStore(backend.store, (command) => {
    if (command === 'TransactWriteItems') throw new RangeError('not this one');
  });

  const report = await backend.through(store).import({ storm: contentFile('Storm') });

  expect(report).toEqual({ ...done, left: 1, failure: new RangeError('not this one') });
});
