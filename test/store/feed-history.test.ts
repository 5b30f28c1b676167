import { beforeAll, describe, expect, test } from 'vitest';
import { TestBackend } from '../support/backend.ts';
import { type HistoryDocument, readDocument, walkBack } from '../support/feed-history.ts';
import { openReading, type Read } from '../support/reading.ts';
import { repeat } from '../support/repeat.ts';

// The zone is Asia/Shanghai, in which each month begins at 16:00 of the day before in UTC.
const times = [
  '2023-12-31T16:00:00.000Z',
  '2025-02-28T15:59:59.999Z',
  '2025-02-28T16:00:00.000Z',
  '2025-12-31T15:59:59.999Z',
  '2025-12-31T16:00:00.000Z',
  // Nine a moment: the order has to be total all the same.
  ...Array.from({ length: 230 }, (_, index) =>
    new Date(Date.UTC(2026, 2, 1) + Math.floor(index / 9) * 86_400_000).toISOString(),
  ),
  ...Array.from({ length: 45 }, (_, index) => `2026-05-${10 + Math.floor(index / 9)}T08:00:00.000Z`),
];
const slugs = times.map((_, index) => `a-${index}`);

let backend: TestBackend;
let read: Read;

beforeAll(async () => {
  backend = await TestBackend.open();
  await repeat(times.length, 8, async (index) => {
    const tags = [...(index % 2 === 0 ? ['Port'] : []), ...(index < 4 ? ['Old'] : [])];
    await backend.put(`a-${index}`, { publishedAt: times[index], tags });
  });
  const hidden = { publishedAt: '2026-03-05T00:00:00Z', tags: ['Port'] };
  await backend.put('hidden-draft', { ...hidden, draft: true });
  await backend.put('hidden-embargo', { ...hidden, publishedAt: '2026-06-02T00:00:00Z' });
  await backend.put('hidden-removed', hidden);
  await backend.remove('hidden-removed');
  await backend.put('hidden-withdrawn', hidden);
  await backend.put('hidden-withdrawn', { ...hidden, draft: true });
  read = await openReading(backend);
  return async () => {
    expect(await backend.check()).toEqual([]);
    await backend.close();
  };
});

function slugsOf(documents: HistoryDocument[]): string[] {
  return documents.flatMap(({ ids }) => ids.map((id) => id.replace(/.*:/, '')));
}

const streams: [path: string, expected: string[]][] = [
  ['', slugs],
  ['/tag/port', slugs.filter((_, index) => index % 2 === 0)],
  ['/tag/old', slugs.slice(0, 4)],
];

describe.each(streams)('the history of the stream at "%s"', (stream, expected) => {
  test.each(['rss.xml', 'atom.xml', 'feed.json'])(
    'has from %s on every article, and no other',
    async (file) => {
      const documents = await walkBack(read, `${stream}/${file}`);

      expect([...new Set(slugsOf(documents))].sort()).toEqual([...expected].sort());
    },
  );

  test('has every article once in the pages of JSON Feed, 20 a page', async () => {
    const pages = await walkBack(read, `${stream}/feed.json`);

    expect(slugsOf(pages)).toHaveLength(expected.length);
    expect(pages.slice(0, -1).filter(({ ids }) => ids.length !== 20)).toEqual([]);
  });

  test.each(['rss.xml', 'atom.xml'])(
    'is of archive documents behind %s, which lead back and forth',
    async (file) => {
      const [feed, ...archive] = await walkBack(read, `${stream}/${file}`);

      expect(feed).toMatchObject({ isArchive: false, current: undefined, newer: undefined });
      for (const [index, document] of archive.entries()) {
        const { path, newer } = archive[index - 1] ?? {};
        expect(document).toMatchObject({ isArchive: true, current: `${stream}/${file}` });
        expect(document.ids.length).toBeLessThanOrEqual(100);
        // What stands under a place of a month that goes on is for those who come from there.
        expect([document.path, document.newer]).toEqual([document.path, path?.includes('?') ? newer : path]);
      }
    },
  );
});

test('goes by the months of the zone, a busy one in parts of 100 from its oldest', async () => {
  const documents = await walkBack(read, '/atom.xml');

  expect(documents.map(({ path, ids }) => [path.replace(/(?<=before=).*/, '…'), ids.length])).toEqual([
    ['/atom.xml', 20],
    ['/archive/2026-05/atom.xml?before=…', 25],
    ['/archive/2026-03/atom.xml', 30],
    ['/archive/2026-03/2/atom.xml', 100],
    ['/archive/2026-03/1/atom.xml', 100],
    ['/archive/2026-01/atom.xml', 1],
    ['/archive/2025-12/atom.xml', 1],
    ['/archive/2025-03/atom.xml', 1],
    ['/archive/2025-02/atom.xml', 1],
    ['/archive/2024-01/atom.xml', 1],
  ]);
});

test('names tombstones in the feed to subscribe to, and in no archive document', async () => {
  const documents = await walkBack(read, '/atom.xml');

  const withTombstones = documents.filter(({ text }) => text.includes('<at:deleted-entry'));
  expect(withTombstones.map(({ path }) => path)).toEqual(['/atom.xml']);
});

test.each([
  ['/archive/2026-03/3/atom.xml', 404],
  ['/archive/2026-05/1/atom.xml', 404],
  ['/archive/2026-03/0/atom.xml', 404],
  ['/archive/2026-03/01/atom.xml', 404],
  ['/archive/2026-04/atom.xml', 404],
  ['/archive/2026-07/rss.xml', 404],
  ['/archive/2026-13/rss.xml', 404],
  ['/archive/2026-03/feed.json', 404],
  ['/archive/atom.xml', 404],
  ['/tag/Port/archive/2026-03/atom.xml', 404],
  ['/tag/nothing/archive/2026-03/atom.xml', 404],
  ['/tag/nothing/feed.json?before=MjAyNi0wNS0xNFQwODowMDowMC4wMDBaI2E', 404],
  ['/archive/2026-03/atom.xml?before=', 400],
  ['/archive/2026-03/atom.xml?before=yesterday', 400],
  ['/feed.json?before=', 400],
  ['/feed.json?before=yesterday', 400],
  ['/rss.xml?before=yesterday', 308],
  ['/archive/2026-03/1/atom.xml?before=yesterday', 308],
])('answers %s with %d', async (path, status) => {
  expect((await read(path)).status).toBe(status);
});

test('has nothing left on the page behind the oldest', async () => {
  const pages = await walkBack(read, '/feed.json');
  const place = Buffer.from('2023-12-31T16:00:00.000Z#a-0').toString('base64url');

  const beyond = await readDocument(read, `/feed.json?before=${place}`);

  expect(pages.at(-1)?.older).toBeUndefined();
  expect(beyond).toMatchObject({ ids: [], older: undefined });
});
