import { expect } from 'vitest';
import { readTombstones } from '../../functions/store/tombstones.ts';
import { test } from '../support/desk-test.ts';

test('takes leave of an article by the id that subscribers know', async ({ desk }) => {
  await desk.put('own', { guid: 'item 17' });
  await desk.put('foreign', { guid: 'https://elsewhere.example/17' });

  await desk.remove('own');
  await desk.remove('foreign');

  const gone = await readTombstones(desk.store, 'news', { now: desk.time, limit: 20 });
  expect(gone.map(({ id }) => id).sort()).toEqual([
    'https://elsewhere.example/17',
    'tag:news.example.com,2026-05-01:own',
  ]);
});
