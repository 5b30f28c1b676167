import { expect } from 'vitest';
import { readTombstones } from '../../functions/store/tombstones.ts';
import type { TestBackend } from '../support/backend.ts';
import { test } from '../support/backend-test.ts';

async function goneIds(backend: TestBackend): Promise<string[]> {
  const gone = await readTombstones(backend.store, 'news', { now: backend.time, limit: 20 });
  return gone.map(({ id }) => id).sort();
}

test('takes leave of an article by the id that subscribers know', async ({ backend }) => {
  await backend.put('own', { guid: 'item 17' });
  await backend.put('foreign', { guid: 'https://elsewhere.example/17' });

  await backend.remove('own');
  await backend.remove('foreign');

  expect(await goneIds(backend)).toEqual([
    'https://elsewhere.example/17',
    'tag:news.example.com,2026-05-01:own',
  ]);
});

test('takes leave no more of a deleted article that is put again under the guid that subscribers know', async ({
  backend,
}) => {
  const fields = { guid: 'https://elsewhere.example/17', tags: ['Town'] };
  await backend.put('storm', fields);
  await backend.remove('storm');

  const { stored } = await backend.put('storm', fields);

  expect(stored.article.id).toBe('tag:news.example.com,2026-05-01:storm/2');
  expect(await goneIds(backend)).toEqual([]);
});

test('takes leave of it for as long as it is a draft', async ({ backend }) => {
  const fields = { guid: 'https://elsewhere.example/17' };
  await backend.put('storm', fields);
  await backend.remove('storm');

  await backend.put('storm', { ...fields, draft: true });
  const asDraft = await goneIds(backend);
  await backend.put('storm', fields);

  expect(asDraft).toEqual([fields.guid]);
  expect(await goneIds(backend)).toEqual([]);
});

test('leaves out what has expired, though DynamoDB deletes it only days later', async ({ backend }) => {
  await backend.put('storm');
  await backend.remove('storm');

  backend.time = '2026-08-30T11:59:59.999Z';
  const before = await goneIds(backend);
  backend.time = '2026-08-30T12:00:00.000Z';
  const after = await goneIds(backend);

  expect({ before, after }).toEqual({ before: ['tag:news.example.com,2026-05-01:storm'], after: [] });
});
