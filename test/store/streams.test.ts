import { expect } from 'vitest';
import type { Fields, TestBackend } from '../support/backend.ts';
import { test } from '../support/backend-test.ts';
import { openReading } from '../support/reading.ts';

const ahead = '2026-07-01T08:00:00.000Z';
const labelled = { tags: ['Plan'], category: 'Secret', source: { name: 'Insider' } };
const addresses = ['/tag/plan', '/category/secret', '/source/insider'].flatMap((path) => [
  path,
  ...['rss.xml', 'atom.xml', 'feed.json', 'archive'].map((document) => `${path}/${document}`),
]);

/** What the streams' addresses answer now. */
async function statuses(backend: TestBackend): Promise<number[]> {
  const read = await openReading(backend);
  return [...new Set(await Promise.all(addresses.map(async (path) => (await read(path)).status)))];
}

test.for<[string, Fields, (backend: TestBackend) => Promise<unknown>]>([
  ['loses its labels', {}, (backend) => backend.put('storm', { publishedAt: ahead })],
  [
    'is renamed without them',
    {},
    (backend) => backend.put('gale', { publishedAt: ahead, aliases: ['storm'] }),
  ],
  [
    'becomes a draft',
    {},
    (backend) => backend.put('storm', { ...labelled, publishedAt: ahead, draft: true }),
  ],
  ['is deleted', {}, (backend) => backend.remove('storm')],
  [
    'gets a later date',
    {},
    (backend) => backend.put('storm', { ...labelled, publishedAt: '2026-08-01T08:00:00Z' }),
  ],
])('knows nothing of the streams of an embargoed article that %s', async ([, , change], { backend }) => {
  await backend.put('storm', { ...labelled, publishedAt: ahead });
  await change(backend);
  expect(await backend.check()).toEqual([]);

  backend.time = '2026-07-02T08:00:00.000Z';

  expect(await statuses(backend)).toEqual([404]);
});

test('a stream that is to come begins with the article that is left in it', async ({ backend }) => {
  const later = '2026-08-01T08:00:00.000Z';
  await backend.put('storm', { ...labelled, publishedAt: ahead });
  await backend.put('gale', { ...labelled, publishedAt: later });
  await backend.remove('storm');
  expect(await backend.check()).toEqual([]);

  backend.time = '2026-07-02T08:00:00.000Z';
  const between = await statuses(backend);
  backend.time = later;

  expect([between, await statuses(backend)]).toEqual([[404], [200]]);
});

test('a stream that readers have seen stays known, whoever leaves it', async ({ backend }) => {
  await backend.put('storm', labelled);
  await backend.put('gale', { ...labelled, publishedAt: ahead });

  await backend.remove('gale');
  await backend.remove('storm');

  expect(await statuses(backend)).toEqual([200]);
});

test('an embargo with as many labels as there may be exchanges them all', async ({ backend }) => {
  const tags = (word: string) => Array.from({ length: 20 }, (_, index) => `${word} ${index}`);
  const aliases = Array.from({ length: 10 }, (_, index) => `old-${index}`);
  await backend.put('storm', { publishedAt: ahead, tags: tags('Old'), category: 'Old', guid: 'one' });

  await backend.put('gale', {
    publishedAt: '2026-07-02T08:00:00.000Z',
    ...{ tags: tags('New'), category: 'New', guid: 'two', aliases: ['storm', ...aliases.slice(1)] },
  });

  expect(await backend.check()).toEqual([]);
});

test('articles that join and leave a stream at once leave it known for those that stay', async ({
  backend,
}) => {
  await backend.put('storm', { ...labelled, publishedAt: ahead });

  await Promise.all([
    backend.remove('storm'),
    ...[1, 2, 3].map((number) => backend.put(`gale-${number}`, { ...labelled, publishedAt: ahead })),
  ]);

  expect(await backend.check()).toEqual([]);
});
