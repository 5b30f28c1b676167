import { expect } from 'vitest';
import { findImport, keepImport } from '../../functions/store/import-state.ts';
import { AuthorityChangedError, runImport } from '../../functions/write/import-run.ts';
import { namedFiles, type TestBackend } from '../support/backend.ts';
import { test } from '../support/backend-test.ts';
import { contentFile } from '../support/content-file.ts';
import { describeStore } from '../support/scan.ts';
import { watchStore } from '../support/watched-store.ts';

const texts = (count: number) =>
  Object.fromEntries(Array.from({ length: count }, (_, index) => [`storm-${index}`, contentFile('Storm')]));

/** A run with time for one step of eight files, and all the time there is. */
const short = { milliseconds: 0 };
const long = { milliseconds: 600_000 };

function run(
  backend: TestBackend,
  files: Record<string, string>,
  options: Partial<Parameters<typeof runImport>[1]>,
) {
  const defaults = {
    allowMassRemoval: false,
    takeFiles: false,
    allowNewAuthority: false,
    goesOn: false,
    ...long,
  };
  return runImport(backend, {
    ...{ ...defaults, id: crypto.randomUUID(), readFiles: async () => namedFiles(files) },
    ...options,
  });
}

test('goes on from run to run until every file is there, and removes only then', async ({ backend }) => {
  await run(backend, { old: contentFile('Old'), ...texts(2) }, {});
  const files = texts(16);

  const first = await run(backend, files, short);
  const stillThere = (await backend.read('old')).status;
  const second = await run(backend, files, { goesOn: true, ...short });
  const after = await describeStore(backend.store);
  const third = await run(backend, files, { goesOn: true, ...short });

  expect(first?.summary).toMatchObject({ counts: { created: 8, unchanged: 2 }, left: 6 });
  expect(stillThere).toBe('published');
  expect(second?.summary).toMatchObject({
    counts: { created: 14, changed: 0, unchanged: 2, removed: 1 },
    removed: ['old'],
    left: 0,
  });
  expect(third).toBeUndefined();
  expect(await describeStore(backend.store)).toEqual(after);
  expect(await findImport(backend.store)).toMatchObject({ isPending: false, summary: second?.summary });
});

test('stops between two removals, and goes on with the rest', async ({ backend }) => {
  await run(backend, texts(9), {});

  const first = await run(backend, texts(6), { ...short, allowMassRemoval: true });
  const second = await run(backend, texts(6), { goesOn: true });

  expect(first?.summary).toMatchObject({ counts: { removed: 1 }, left: 2 });
  expect(second?.summary).toMatchObject({ counts: { removed: 3 }, left: 0 });
});

test('lets the files of its first run make up for none that is missing', async ({ backend }) => {
  await run(backend, texts(10), {});
  const many = Object.fromEntries(Object.entries(texts(30)).slice(3));

  await run(backend, many, short);
  const last = await run(backend, many, { goesOn: true });

  expect(last?.summary).toMatchObject({ removed: [], notes: [expect.stringMatching(/^3 of 10 /)] });
});

test('leaves a run alone that is under way, and takes over one that has ended without a word', async ({
  backend,
}) => {
  const underWay = { authority: backend.authority, run: crypto.randomUUID(), isPending: true };
  await keepImport(backend.store, { ...underWay, until: '2026-06-01T12:14:00.000Z' }, undefined);

  const during = await run(backend, texts(1), { goesOn: true });
  const after = await run(backend.at('2026-06-01T12:15:00.000Z'), texts(1), { goesOn: true });

  expect(during).toBeUndefined();
  expect(after?.summary).toMatchObject({ counts: { created: 1 }, left: 0 });
});

test('an older run stops when a deployment begins another, which is looked at twice', async ({ backend }) => {
  let newer: Awaited<ReturnType<typeof run>>;
  const store = watchStore(backend.store, async (command, input) => {
    // Its neighbours' transactions go on: only that of the article that both bring shows which of them was first.
    if (command !== 'TransactWriteItems' || newer || !JSON.stringify(input).includes('ARTICLE#storm-0"'))
      return;
    newer = { report: undefined as never, summary: undefined as never };
    newer = await run(backend, { 'storm-0': contentFile('Newer') }, {});
  });

  const older = await run(backend.through(store), texts(20), {});
  const between = await findImport(backend.store);
  const again = await run(
    backend,
    { 'storm-0': contentFile('Newer') },
    { goesOn: true, allowMassRemoval: true },
  );

  expect(older?.report.left).toBeGreaterThanOrEqual(12);
  expect((await backend.read('storm-0')).article.title).toBe('Newer');
  expect(between).toMatchObject({ isPending: true, summary: { counts: { created: 1 } } });
  expect(again?.summary.counts.removed).toBeGreaterThan(0);
  expect(await findImport(backend.store)).toMatchObject({ isPending: false });
  expect((await backend.read('storm-1')).status).toBe('gone');
});

test('says what ended it, keeps what it has stored, and goes on', async ({ backend }) => {
  let writes = 0;
  const store = watchStore(backend.store, (command) => {
    if (command === 'TransactWriteItems' && ++writes > 3) throw new RangeError('not this one');
  });

  const stopped = await run(backend.through(store), texts(5), {});
  const mended = await run(backend, texts(5), { goesOn: true });

  expect(stopped?.summary.notes).toEqual([expect.stringMatching(/stopped early \(not this one\)/)]);
  expect(stopped?.summary.left).toBeGreaterThan(0);
  expect(mended?.summary).toMatchObject({ counts: { created: 5 }, left: 0, notes: [] });
});

test('refuses another authority, until told to take it', async ({ backend }) => {
  await run(backend, texts(1), {});
  const renamed: TestBackend = Object.create(backend, { authority: { value: 'other.example' } });

  const refused = run(renamed, texts(2), {});

  await expect(refused).rejects.toThrow(AuthorityChangedError);
  await expect(refused).rejects.toThrow(
    /is other\.example.*with news\.example\.com.*ALLOW_NEW_AUTHORITY=yes/,
  );
  expect((await run(backend, texts(1), {}))?.summary.counts).toMatchObject({ created: 0 });
  await run(renamed, texts(2), { allowNewAuthority: true });
  expect((await run(renamed, texts(2), {}))?.summary.counts).toMatchObject({ unchanged: 2 });
});
