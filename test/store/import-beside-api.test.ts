import { expect } from 'vitest';
import { readViews } from '../../functions/store/counter.ts';
import { readVersions } from '../../functions/store/versions.ts';
import { emptyReport } from '../../functions/write/import-articles.ts';
import type { TestBackend } from '../support/backend.ts';
import { test } from '../support/backend-test.ts';
import { contentFile } from '../support/content-file.ts';
import { interruptWrite } from '../support/watched-store.ts';

const done = { ...emptyReport(), known: expect.any(Number) };

async function statusOf(backend: TestBackend, slug: string) {
  const { status, origin, article } = await backend.read(slug);
  return { status, origin, title: article.title };
}

test('removes nothing that the API put there', async ({ backend }) => {
  await backend.put('storm');
  await backend.import({ calm: contentFile('Calm') });

  const report = await backend.import({ calm: contentFile('Calm') });

  expect(report.removed).toEqual([]);
  expect(await statusOf(backend, 'storm')).toMatchObject({ status: 'published' });
});

test('leaves an edit by the API as long as the file does not change', async ({ backend }) => {
  await backend.import({ storm: contentFile('From the file') });
  await backend.put('storm', { title: 'From the API' });

  const report = await backend.import({ storm: contentFile('From the file') });

  expect(report).toEqual({ ...done, unchanged: 1, kept: ['storm (edited through the API)'] });
  expect(await statusOf(backend, 'storm')).toMatchObject({ origin: 'api', title: 'From the API' });
});

test('takes a file that differs in form alone for imported, so that a later edit stands', async ({
  backend,
}) => {
  await backend.import({ storm: contentFile('Storm') });
  const reformatted = contentFile('"Storm"');
  await backend.import({ storm: reformatted });
  await backend.put('storm', { title: 'From the API' });

  const report = await backend.import({ storm: reformatted });

  expect(report).toEqual({ ...done, unchanged: 1, kept: ['storm (edited through the API)'] });
  expect(await statusOf(backend, 'storm')).toMatchObject({ origin: 'api', title: 'From the API' });
});

test.for([
  ['a title', { title: 'From the API' }, 'title differs'],
  ['a text', { html: '<p>From the API</p>' }, 'text differs'],
  [
    'several fields',
    { summary: 'In short', tags: ['port'], markdown: 'New' },
    'summary, tags, and text differ',
  ],
  ['that it is a draft', { draft: true }, 'draft differs'],
] as const)(
  'overwrites nothing when a file changes whose article was edited through the API in %s',
  async ([, edit, named], { backend }) => {
    await backend.import({ storm: contentFile('Storm'), calm: contentFile('Calm') });
    await backend.put('storm', { title: 'Storm', ...edit, publishedAt: '2026-05-01T08:00:00Z' });
    const edited = await backend.read('storm');

    const report = await backend.import({ storm: contentFile('Storm', ''), calm: contentFile('Calm') });

    expect(report.broken).toEqual([
      {
        file: 'storm.md',
        faults: [
          { line: 1, pointer: '', message: expect.stringMatching(`${named}\\. Nothing is overwritten`) },
        ],
      },
    ]);
    expect(report.broken[0]?.faults[0]?.message).toMatch(/pull storm .*--take-files/);
    expect(await backend.read('storm')).toEqual(edited);
  },
);

test('lets the file win when told to, and keeps the edit as a version', async ({ backend }) => {
  await backend.import({ storm: contentFile('From the file') });
  await backend.put('storm', { title: 'From the API' });

  const report = await backend.import({ storm: contentFile('From the new file') }, { takeFiles: true });

  expect(report).toMatchObject({ changed: ['storm'], notes: [expect.stringMatching(/^storm\.md has won/)] });
  expect(await statusOf(backend, 'storm')).toMatchObject({ origin: 'content', title: 'From the new file' });
  const former = await readVersions(backend.store, await backend.read('storm'), backend.time);
  expect(former[0]).toMatchObject({ n: 2, way: 'api', article: { title: 'From the API' } });
});

test('takes up a file that says what the API has stored', async ({ backend }) => {
  await backend.import({ storm: contentFile('Storm') });
  await backend.put('storm', { title: 'From the API', tags: ['Weather'] });

  const report = await backend.import({ storm: contentFile('From the API', 'tags: [Weather]') });

  expect(report).toEqual({ ...done, changed: ['storm'] });
  expect(await statusOf(backend, 'storm')).toMatchObject({ origin: 'content', title: 'From the API' });
});

test('overwrites no article that was written through the API when a file comes to its address', async ({
  backend,
}) => {
  await backend.put('storm', { title: 'From the API' });

  const report = await backend.import({ storm: contentFile('From a new file') });

  expect(report.broken).toMatchObject([
    { faults: [{ message: expect.stringMatching(/and never imported/) }] },
  ]);
  expect(await statusOf(backend, 'storm')).toMatchObject({ origin: 'api', title: 'From the API' });
});

test('overwrites no edit by a file that renames the article, and removes nothing else for it', async ({
  backend,
}) => {
  await backend.import({ gale: contentFile('Gale'), old: contentFile('Old'), calm: contentFile('Calm') });
  await backend.put('gale', { title: 'From the API' });

  const report = await backend.import({
    storm: contentFile('Gale', 'aliases: [gale]'),
    calm: contentFile('Calm'),
  });

  expect(report.broken).toMatchObject([
    { file: 'storm.md', faults: [{ message: expect.stringMatching(/^gale was edited.* pull gale /) }] },
  ]);
  expect(await statusOf(backend, 'gale')).toMatchObject({ status: 'published', title: 'From the API' });
});

test('overwrites no edit that comes while the import runs', async ({ backend }) => {
  await backend.import({ storm: contentFile('Storm') });
  const edit = () => backend.put('storm', { title: 'From the API' });
  const store = interruptWrite(backend.store, edit);

  const report = await backend.through(store).import({ storm: contentFile('From the new file') });

  expect(report.broken).toMatchObject([{ file: 'storm.md' }]);
  expect(await statusOf(backend, 'storm')).toMatchObject({ origin: 'api', title: 'From the API' });
});

test('keeps to the file what was put after a deletion, so that the file alone does not undo it', async ({
  backend,
}) => {
  await backend.import({ storm: contentFile('Storm') });
  await backend.remove('storm');
  await backend.put('storm', { title: 'A new one' });

  const same = await backend.import({ storm: contentFile('Storm') });
  const changed = await backend.import({ storm: contentFile('Storm again') });

  expect(same).toEqual({ ...done, unchanged: 1, kept: ['storm (edited through the API)'] });
  expect(changed.broken).toMatchObject([{ file: 'storm.md' }]);
  expect(await statusOf(backend, 'storm')).toMatchObject({ status: 'published', title: 'A new one' });
});

test('leaves an article that the API edited when its file is removed', async ({ backend }) => {
  await backend.import({ storm: contentFile('Storm'), calm: contentFile('Calm') });
  await backend.put('storm', { title: 'From the API' });

  const report = await backend.import({ calm: contentFile('Calm') });

  expect(report).toMatchObject({
    removed: [],
    kept: [expect.stringMatching(/^storm \(its file is gone, but/)],
  });
  expect(await statusOf(backend, 'storm')).toMatchObject({ status: 'published', title: 'From the API' });
});

test('leaves an article deleted that the API deleted, as long as the file does not change', async ({
  backend,
}) => {
  await backend.import({ storm: contentFile('Storm') });
  await backend.remove('storm');

  const report = await backend.import({ storm: contentFile('Storm') });

  expect(report).toEqual({ ...done, unchanged: 1, kept: ['storm (deleted through the API)'] });
  expect(await statusOf(backend, 'storm')).toMatchObject({ status: 'gone', origin: 'api' });
});

test('leaves an article deleted when its file changes, until told to publish it anew', async ({
  backend,
}) => {
  await backend.import({ storm: contentFile('Storm', 'views: 930') });
  const old = await backend.read('storm');
  await backend.remove('storm');

  const refused = await backend.import({ storm: contentFile('Storm over') });
  const { status } = await backend.read('storm');
  await backend.import({ storm: contentFile('Storm over') }, { takeFiles: true });

  expect(refused.broken).toMatchObject([{ faults: [{ message: expect.stringMatching(/stays deleted/) }] }]);
  expect(status).toBe('gone');
  const { article } = await backend.read('storm');
  expect(article.id).toBe(`${old.article.id}/2`);
  expect(await readViews(backend.store, article.id)).toBe(0);
});

test('publishes a new file at an address whose article never had one and was deleted', async ({
  backend,
}) => {
  await backend.put('storm');
  await backend.remove('storm');

  expect(await backend.import({ storm: contentFile('Storm') })).toEqual({ ...done, created: ['storm'] });
});
