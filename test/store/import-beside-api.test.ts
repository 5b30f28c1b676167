import { expect } from 'vitest';
import { readViews } from '../../functions/store/views.ts';
import { contentFile } from '../support/content-file.ts';
import type { TestDesk } from '../support/desk.ts';
import { test } from '../support/desk-test.ts';

const done = { published: [], unchanged: 0, removed: [], broken: [], notes: [] };

async function statusOf(desk: TestDesk, slug: string) {
  const { status, origin, article } = await desk.read(slug);
  return { status, origin, title: article.title };
}

test('removes nothing that the API put there', async ({ desk }) => {
  await desk.put('storm');
  await desk.import({ calm: contentFile('Calm') });

  const report = await desk.import({ calm: contentFile('Calm') });

  expect(report.removed).toEqual([]);
  expect(await statusOf(desk, 'storm')).toMatchObject({ status: 'published' });
});

test('leaves an edit by the API as long as the file does not change', async ({ desk }) => {
  await desk.import({ storm: contentFile('From the file') });
  await desk.put('storm', { title: 'From the API' });

  const report = await desk.import({ storm: contentFile('From the file') });

  expect(report).toEqual({ ...done, unchanged: 1 });
  expect(await statusOf(desk, 'storm')).toMatchObject({ origin: 'api', title: 'From the API' });
});

test('takes a file that differs in form alone for imported, so that a later edit stands', async ({
  desk,
}) => {
  await desk.import({ storm: contentFile('Storm') });
  const reformatted = contentFile('"Storm"');
  await desk.import({ storm: reformatted });
  await desk.put('storm', { title: 'From the API' });

  const report = await desk.import({ storm: reformatted });

  expect(report).toEqual({ ...done, unchanged: 1 });
  expect(await statusOf(desk, 'storm')).toMatchObject({ origin: 'api', title: 'From the API' });
});

test('replaces an edit by the API when the file changes', async ({ desk }) => {
  await desk.import({ storm: contentFile('From the file') });
  await desk.put('storm', { title: 'From the API' });

  await desk.import({ storm: contentFile('From the new file') });

  expect(await statusOf(desk, 'storm')).toMatchObject({ origin: 'content', title: 'From the new file' });
});

test('leaves an article that the API edited when its file is removed', async ({ desk }) => {
  await desk.import({ storm: contentFile('Storm'), calm: contentFile('Calm') });
  await desk.put('storm', { title: 'From the API' });

  const report = await desk.import({ calm: contentFile('Calm') });

  expect(report.removed).toEqual([]);
  expect(await statusOf(desk, 'storm')).toMatchObject({ status: 'published', title: 'From the API' });
});

test('leaves an article deleted that the API deleted, as long as the file does not change', async ({
  desk,
}) => {
  await desk.import({ storm: contentFile('Storm') });
  await desk.remove('storm');

  const report = await desk.import({ storm: contentFile('Storm') });

  expect(report).toEqual({ ...done, unchanged: 1 });
  expect(await statusOf(desk, 'storm')).toMatchObject({ status: 'gone', origin: 'api' });
});

test('publishes an article that the API deleted anew when its file changes', async ({ desk }) => {
  await desk.import({ storm: contentFile('Storm', 'views: 930') });
  const old = await desk.read('storm');
  await desk.remove('storm');

  await desk.import({ storm: contentFile('Storm over') });

  const { article, status } = await desk.read('storm');
  expect(status).toBe('published');
  expect(article.id).toBe(`${old.article.id}/2`);
  expect(await readViews(desk.store, article.id)).toBe(0);
});
