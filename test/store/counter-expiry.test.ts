import { DeleteItemCommand } from '@aws-sdk/client-dynamodb';
import { marshall } from '@aws-sdk/util-dynamodb';
import { describe, expect } from 'vitest';
import { spreadCounter } from '../../functions/store/count-view.ts';
import { readViews } from '../../functions/store/counter.ts';
import { viewsKey } from '../../functions/store/rows.ts';
import { removeArticle } from '../../functions/write/remove-article.ts';
import type { TestBackend } from '../support/backend.ts';
import { test } from '../support/backend-test.ts';
import { contentFile } from '../support/content-file.ts';
import { scanStore } from '../support/scan.ts';
import { watchStore } from '../support/watched-store.ts';

const id = 'tag:news.example.com,2026-05-01:storm';
/** Ninety days after the backend's first day, at noon in UTC. */
const expiry = Date.parse('2026-08-30T12:00:00.000Z') / 1000;

async function rowsOf(backend: TestBackend) {
  return (await scanStore(backend.store)).views.map(({ n, ttl }) => ({ n, ttl }));
}

/** Doubles the rows of the counter so many times, and has views in most of them. */
async function spread(backend: TestBackend, times: number): Promise<void> {
  const abortSignal = new AbortController().signal;
  await spreadCounter(backend.store, id, 2 ** times, abortSignal);
  for (let view = 1; view <= 20; view++) await backend.view('storm');
}

test('lets the counter of a deleted article go in ninety days', async ({ backend }) => {
  await backend.put('storm', { views: 930 });
  await backend.view('storm');

  await backend.remove('storm');

  expect(await rowsOf(backend)).toEqual([{ n: 931, ttl: expiry }]);
});

test('lets all rows go, those too that have no view yet', async ({ backend }) => {
  await backend.put('storm');
  await spread(backend, 4);

  await backend.remove('storm');

  const rows = await rowsOf(backend);
  expect(rows.map(({ ttl }) => ttl)).toEqual(Array(16).fill(expiry));
  expect(rows.reduce((sum, { n }) => sum + Number(n), 0)).toBe(20);
});

test('adds no rows to a counter that goes', async ({ backend }) => {
  await backend.put('storm');
  await backend.remove('storm');

  await spreadCounter(backend.store, id, 4, new AbortController().signal);

  expect(await rowsOf(backend)).toEqual([{ n: 0, ttl: expiry }]);
});

test('lets rows go that are added while the article is deleted', async ({ backend }) => {
  await backend.put('storm');
  let transactions = 0;
  const store = watchStore(backend.store, async (command) => {
    // The second one is the counter's.
    if (command === 'TransactWriteItems' && ++transactions === 2) await spread(backend, 1);
  });

  await backend.through(store).remove('storm');

  expect((await rowsOf(backend)).map(({ ttl }) => ttl)).toEqual([expiry, expiry]);
});

test('makes up for a deletion that ended halfway when it is asked for again', async ({ backend }) => {
  await backend.put('storm');
  await backend.view('storm');
  let transactions = 0;
  const store = watchStore(backend.store, (command) => {
    if (command === 'TransactWriteItems' && ++transactions === 2) throw new Error('killed');
  });
  const removal = { slug: 'storm', origin: 'api' } as const;
  await expect(removeArticle(backend.through(store), removal)).rejects.toThrow('killed');
  const halfway = await rowsOf(backend);

  const again = await removeArticle(backend.at('2026-06-01T12:00:00.500Z'), removal);

  expect(again).toBe('gone');
  expect(halfway).toEqual([{ n: 1, ttl: undefined }]);
  expect(await rowsOf(backend)).toEqual([{ n: 1, ttl: expiry }]);
});

test('keeps the counter of a content file that is missing', async ({ backend }) => {
  await backend.import({ storm: contentFile('Storm', 'views: 930') });
  await backend.view('storm');

  await backend.import({}, { allowMassRemoval: true });
  const missing = await rowsOf(backend);
  await backend.import({ storm: contentFile('Storm', 'views: 930') });
  await backend.view('storm');

  expect(missing).toEqual([{ n: 931, ttl: undefined }]);
  expect(await rowsOf(backend)).toEqual([{ n: 932, ttl: undefined }]);
});

test('keeps it also when the API deletes what went with its file', async ({ backend }) => {
  await backend.import({ storm: contentFile('Storm') });
  await backend.view('storm');
  await backend.import({}, { allowMassRemoval: true });

  const removed = await backend.remove('storm');

  expect(removed).toBe(false);
  expect(await rowsOf(backend)).toEqual([{ n: 1, ttl: undefined }]);
});

describe('under the id of a deleted article', () => {
  test('goes on with its counter, all rows of it', async ({ backend }) => {
    await backend.put('storm', { id, views: 930 });
    await spread(backend, 2);
    await backend.remove('storm');

    backend.time = '2026-08-30T11:59:59.000Z';
    await backend.put('storm', { id, views: 930 });

    expect((await rowsOf(backend)).map(({ ttl }) => ttl)).toEqual(Array(4).fill(undefined));
    expect(await readViews(backend.store, id)).toBe(950);
  });

  test('takes a starting count that the deleted article had not', async ({ backend }) => {
    await backend.put('storm', { id });
    await backend.view('storm');
    await backend.remove('storm');

    await backend.put('storm', { id, views: 930 });

    expect(await rowsOf(backend)).toEqual([{ n: 931, ttl: undefined }]);
  });

  test('begins to count anew when the time of its counter had come', async ({ backend }) => {
    await backend.put('storm', { id, views: 930 });
    await spread(backend, 2);
    await backend.remove('storm');

    backend.time = '2026-08-30T12:00:00.000Z';
    await backend.put('storm', { id, views: 930 });

    const { views } = await scanStore(backend.store);
    expect(views.map(({ pk: _, ...row }) => row)).toEqual([
      { n: 930, shards: 4 },
      { n: 0 },
      { n: 0 },
      { n: 0 },
    ]);
  });

  test('begins to count anew when DynamoDB has deleted the first row and no other', async ({ backend }) => {
    await backend.put('storm', { id, views: 930 });
    await spread(backend, 1);
    await backend.remove('storm');
    const { client, views: TableName } = backend.store;
    await client.send(new DeleteItemCommand({ TableName, Key: marshall(viewsKey(id)) }));

    backend.time = '2026-09-01T12:00:00.000Z';
    await backend.put('storm', { id, views: 930 });

    expect(await rowsOf(backend)).toEqual([
      { n: 930, ttl: undefined },
      { n: 0, ttl: undefined },
    ]);
  });

  test('keeps the counter of an article that comes back while it is being let go', async ({ backend }) => {
    await backend.put('storm', { id });
    await backend.view('storm');
    await backend.remove('storm');
    await backend.put('storm', { id });
    let transactions = 0;
    const store = watchStore(backend.store, async (command) => {
      if (command === 'TransactWriteItems' && ++transactions === 2) await backend.put('storm', { id });
    });

    await backend.through(store).remove('storm');

    expect(await rowsOf(backend)).toEqual([{ n: 1, ttl: undefined }]);
  });
});
