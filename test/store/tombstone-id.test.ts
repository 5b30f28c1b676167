import { expect } from 'vitest';
import { readTombstones } from '../../functions/store/tombstones.ts';
import type { TestDesk } from '../support/desk.ts';
import { test } from '../support/desk-test.ts';

async function goneIds(desk: TestDesk): Promise<string[]> {
  const gone = await readTombstones(desk.store, 'news', { now: desk.time, limit: 20 });
  return gone.map(({ id }) => id).sort();
}

test('takes leave of an article by the id that subscribers know', async ({ desk }) => {
  await desk.put('own', { guid: 'item 17' });
  await desk.put('foreign', { guid: 'https://elsewhere.example/17' });

  await desk.remove('own');
  await desk.remove('foreign');

  expect(await goneIds(desk)).toEqual([
    'https://elsewhere.example/17',
    'tag:news.example.com,2026-05-01:own',
  ]);
});

test('takes leave no more of a deleted article that is put again under the guid that subscribers know', async ({
  desk,
}) => {
  const fields = { guid: 'https://elsewhere.example/17', tags: ['Town'] };
  await desk.put('storm', fields);
  await desk.remove('storm');

  const { stored } = await desk.put('storm', fields);

  expect(stored.article.id).toBe('tag:news.example.com,2026-05-01:storm/2');
  expect(await goneIds(desk)).toEqual([]);
});

test('takes leave of it for as long as it is a draft', async ({ desk }) => {
  const fields = { guid: 'https://elsewhere.example/17' };
  await desk.put('storm', fields);
  await desk.remove('storm');

  await desk.put('storm', { ...fields, draft: true });
  const asDraft = await goneIds(desk);
  await desk.put('storm', fields);

  expect(asDraft).toEqual([fields.guid]);
  expect(await goneIds(desk)).toEqual([]);
});
