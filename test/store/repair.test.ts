import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { TestBackend } from '../support/backend.ts';
import { restoreStore } from '../support/corrupt.ts';
import { corruptions, corruptSome, ofArticles, ofRows, unmended } from '../support/corruptions.ts';
import { fillStore } from '../support/mixed-store.ts';
import { randomNumbers } from '../support/random-numbers.ts';
import { repairStore } from '../support/repair.ts';
import { describeStore, scanStore } from '../support/scan.ts';
import { watchStore } from '../support/watched-store.ts';

let backend: TestBackend;
let sound: Awaited<ReturnType<typeof scanStore>>;

beforeAll(async () => {
  backend = await TestBackend.open();
  await fillStore(backend);
  sound = await scanStore(backend.store);
});
afterEach(() => restoreStore(backend.store, sound));
afterAll(() => backend.close());

const repair = () => repairStore(backend.store, backend.time);

test('knows of each corruption that it cannot mend', () => {
  const names = corruptions.map(([name]) => name);

  expect(unmended.filter((name) => !names.includes(name))).toEqual([]);
  expect(ofRows.length).toBeGreaterThan(30);
});

test('reads, and sends no write, when all is right', async () => {
  const sent = new Set<string>();
  const store = watchStore(backend.store, (command) => sent.add(command));

  const found = await repairStore(store, backend.time);

  expect(found).toEqual([]);
  expect([...sent].sort()).toEqual(['BatchGetItem', 'Query', 'Scan']);
});

test.each(ofRows)('mends %s', async (_, corrupt) => {
  await corrupt(backend.store);

  const found = await repair();
  const left = await backend.check();

  expect(found.map(({ outcome }) => outcome)).not.toContain('broken');
  expect({ found: found.length > 0, left }).toEqual({ found: true, left: [] });
});

test.each(ofArticles)('names %s, and leaves it as it is', async (_, corrupt, finding) => {
  await corrupt(backend.store);
  const before = await describeStore(backend.store);

  const found = await repair();

  expect(found.length).toBeGreaterThan(0);
  expect(found.filter(({ outcome }) => outcome !== 'broken')).toEqual([]);
  expect(await describeStore(backend.store)).toEqual(before);
  expect(await backend.check()).toContain(finding);
});

// More of them are tried in test/long.
test.each([1, 2])('mends many corruptions at once, and finds nothing more to mend (%i)', async (seed) => {
  const applied = await corruptSome(backend.store, randomNumbers(seed));
  expect(applied.length).toBeGreaterThan(5);

  await repair();

  expect({ applied, left: await backend.check() }).toEqual({ applied, left: [] });
  expect(await repair()).toEqual([]);
});
