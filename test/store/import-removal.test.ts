import { expect } from 'vitest';
import { test } from '../support/backend-test.ts';
import { contentFile } from '../support/content-file.ts';
import { openReading } from '../support/reading.ts';

const text = contentFile('Storm');

function files(count: number, from = 0): Record<string, string> {
  return Object.fromEntries(Array.from({ length: count }, (_, index) => [`storm-${index + from}`, text]));
}

test.for([
  ['two of ten', 10, 8, 2],
  ['three of ten', 10, 7, 0],
  ['three of nine', 9, 6, 3],
  ['eight of nine', 9, 1, 8],
  ['all', 2, 0, 0],
] as const)(
  'decides what may be a slip when %s files are missing',
  async ([, before, after, removed], { backend }) => {
    await backend.import(files(before));

    const report = await backend.import(files(after));

    expect(report.removed).toHaveLength(removed);
    expect(report.notes).toHaveLength(removed === 0 ? 1 : 0);
  },
);

test('says how many files are missing and how to remove them all the same', async ({ backend }) => {
  await backend.import(files(10));

  const { notes } = await backend.import(files(7));

  expect(notes).toEqual([
    expect.stringMatching(/^3 of 10 content files are missing.*ALLOW_MASS_REMOVAL=yes/),
  ]);
});

test.for([
  ['three of ten', 10, 7],
  ['all', 10, 0],
] as const)('removes %s when told to', async ([, before, after], { backend }) => {
  await backend.import(files(before));

  const report = await backend.import(files(after), { allowMassRemoval: true });

  expect(report.removed).toHaveLength(before - after);
});

test('publishes what is there when nothing is removed', async ({ backend }) => {
  await backend.import(files(10));

  const report = await backend.import({ ...files(5), calm: text });

  expect(report).toMatchObject({ created: ['calm'], unchanged: 5, removed: [] });
});

test('lets new files make up for none that is missing', async ({ backend }) => {
  await backend.import(files(10));

  const report = await backend.import({ ...files(7), ...files(5, 10) });

  expect(report).toMatchObject({ unchanged: 7, removed: [], notes: [expect.stringMatching(/^3 of 10 /)] });
});

test('counts a renamed file as missing in no place', async ({ backend }) => {
  await backend.import(files(10));
  const renamed = [7, 8, 9].map((number) => [
    `gale-${number}`,
    contentFile('Storm', `aliases: [storm-${number}]`),
  ]);

  const report = await backend.import({ ...files(7), ...Object.fromEntries(renamed) });

  expect(report).toMatchObject({ changed: ['gale-7', 'gale-8', 'gale-9'], removed: [], notes: [] });
});

test('never counts a broken file as missing', async ({ backend }) => {
  await backend.import(files(10));
  const broken = Object.fromEntries(Object.keys(files(3, 7)).map((slug) => [slug, 'no front matter']));

  const report = await backend.import({ ...files(7), ...broken });

  expect(report).toMatchObject({ unchanged: 7, removed: [], notes: [] });
});

test('removes nothing while a new file cannot be read: it may be the missing one, renamed', async ({
  backend,
}) => {
  await backend.import(files(3));
  const renamed = { gale: contentFile('Storm', 'aliases: [storm-2]', 'sumary: typo') };

  const slip = await backend.import({ ...files(2), ...renamed });
  const mended = await backend.import({ ...files(2), gale: contentFile('Storm', 'aliases: [storm-2]') });

  expect(slip).toMatchObject({
    removed: [],
    notes: [expect.stringMatching(/^gale\.md cannot be imported, and may be what was storm-2\.md/)],
  });
  expect(mended).toMatchObject({ changed: ['gale'], removed: [], notes: [] });
});

test('counts neither what is gone nor what the API put there', async ({ backend }) => {
  await backend.import(files(12));
  await backend.import(files(9), { allowMassRemoval: true });
  for (const slug of ['a', 'b', 'c', 'd', 'e']) await backend.put(slug);

  const report = await backend.import(files(5));

  expect(report).toMatchObject({ unchanged: 5, notes: [] });
  expect(report.removed).toHaveLength(4);
});

const former = [
  ...[
    '---',
    'title: Gone',
    'publishedAt: 2026-04-01T08:00:00Z',
    'id: tag:other.example,2026:gone',
    'guid: https://old.example/?p=5',
  ],
  ...[
    'tags: [Port]',
    'aliases: [old-gone]',
    'views: 7',
    'removed: true',
    'removedAt: 2026-05-30T08:00:00.123Z',
    '---',
    '',
  ],
].join('\n');

test('a file of an article that another stage had removed keeps its claims and its place in feeds', async ({
  backend,
}) => {
  const first = await backend.import({ gone: former });
  const again = await backend.import({ gone: former });
  const ask = await openReading(backend);
  const atom = await (await ask('/atom.xml')).text();

  expect([first.broken, again.broken]).toEqual([[], []]);
  expect((await ask('/news/gone')).status).toBe(410);
  expect((await ask('/news/old-gone')).status).toBe(410);
  expect(atom).toContain(
    '<at:deleted-entry ref="https://old.example/?p=5" when="2026-05-30T16:00:00.123+08:00"',
  );
  // A stream that once had an article is empty, not unknown.
  expect((await ask('/tag/port')).status).toBe(200);
  await expect(backend.put('other', { id: 'tag:other.example,2026:gone' })).rejects.toThrow(
    'belongs to another',
  );
  await expect(backend.put('other', { aliases: ['old-gone'] })).rejects.toThrow('another article');
});

test('one that was never public answers 404, and one that readers know the file removes as before', async ({
  backend,
}) => {
  // Another article, under a guid of its own.
  const file = former.replaceAll('gone', 'known').replace('?p=5', '?p=6');
  await backend.import({
    gone: former.replace(/removedAt.*\n/, ''),
    known: file.replace(/removed.*\n/g, ''),
  });
  const ask = await openReading(backend);
  const before = (await ask('/news/known')).status;

  await backend.import({
    gone: former.replace(/removedAt.*\n/, ''),
    known: file,
  });

  expect([before, (await ask('/news/known')).status, (await ask('/news/gone')).status]).toEqual([
    200, 410, 404,
  ]);
  expect((await backend.read('known')).tombstone?.when).toBe(backend.time);
});
