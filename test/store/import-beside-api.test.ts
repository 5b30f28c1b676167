import { expect } from 'vitest';
import { readViews } from '../../functions/store/counter.ts';
import type { TestBackend } from '../support/backend.ts';
import { test } from '../support/backend-test.ts';
import { contentFile } from '../support/content-file.ts';

const done = { published: [], unchanged: 0, removed: [], broken: [], leftOut: [], notes: [] };

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

  expect(report).toEqual({ ...done, unchanged: 1 });
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

  expect(report).toEqual({ ...done, unchanged: 1 });
  expect(await statusOf(backend, 'storm')).toMatchObject({ origin: 'api', title: 'From the API' });
});

test('replaces an edit by the API when the file changes', async ({ backend }) => {
  await backend.import({ storm: contentFile('From the file') });
  await backend.put('storm', { title: 'From the API' });

  await backend.import({ storm: contentFile('From the new file') });

  expect(await statusOf(backend, 'storm')).toMatchObject({ origin: 'content', title: 'From the new file' });
});

test('leaves an article that the API edited when its file is removed', async ({ backend }) => {
  await backend.import({ storm: contentFile('Storm'), calm: contentFile('Calm') });
  await backend.put('storm', { title: 'From the API' });

  const report = await backend.import({ calm: contentFile('Calm') });

  expect(report.removed).toEqual([]);
  expect(await statusOf(backend, 'storm')).toMatchObject({ status: 'published', title: 'From the API' });
});

test('leaves an article deleted that the API deleted, as long as the file does not change', async ({
  backend,
}) => {
  await backend.import({ storm: contentFile('Storm') });
  await backend.remove('storm');

  const report = await backend.import({ storm: contentFile('Storm') });

  expect(report).toEqual({ ...done, unchanged: 1 });
  expect(await statusOf(backend, 'storm')).toMatchObject({ status: 'gone', origin: 'api' });
});

test('publishes an article that the API deleted anew when its file changes', async ({ backend }) => {
  await backend.import({ storm: contentFile('Storm', 'views: 930') });
  const old = await backend.read('storm');
  await backend.remove('storm');

  await backend.import({ storm: contentFile('Storm over') });

  const { article, status } = await backend.read('storm');
  expect(status).toBe('published');
  expect(article.id).toBe(`${old.article.id}/2`);
  expect(await readViews(backend.store, article.id)).toBe(0);
});
