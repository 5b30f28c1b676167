import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { articleCorruptions } from '../support/article-corruptions.ts';
import { TestBackend } from '../support/backend.ts';
import { type Corruption, restoreStore } from '../support/corrupt.ts';
import { derivedCorruptions } from '../support/derived-corruptions.ts';
import { fillStore } from '../support/mixed-store.ts';
import { randomNumbers } from '../support/random-numbers.ts';
import { repairStore } from '../support/repair.ts';
import { describeStore, scanStore } from '../support/scan.ts';
import { watchStore } from '../support/watched-store.ts';

/** Of an article itself: nothing tells what it was. */
const broken = [
  'a time without milliseconds',
  'a slug that differs from its key',
  'a draft that is stored as published',
  'an article that is its own alias',
  'an alias that is named twice',
  'a draft that is due',
  'a gone article that is to come back by itself',
  'an update before the publication',
  'a lost body chunk',
  'a body chunk with other bytes',
  'a body that is not the one META tells of',
  'a gone article that counts a body',
  'an erased article that still has its title',
  'a body chunk that is too large',
  'a tombstone that a published article keeps',
];
/** Of rows that no article tells of, and of ids, which are not looked for in all articles. */
const apart = [
  'a key of another kind',
  'a count among the content',
  'an article among the counts',
  'an id that two articles have',
];

const corruptions = [...articleCorruptions, ...derivedCorruptions];
const ofArticles = corruptions.filter(([name]) => broken.includes(name));
const ofRows = corruptions.filter(
  ([name, , finding]) =>
    ![...broken, ...apart].includes(name) && !/^The count|VIEWS#|DUE \S+#PING#/.test(finding),
);

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

  expect([...broken, ...apart].filter((name) => !names.includes(name))).toEqual([]);
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

test.each([1, 2, 3, 4, 5, 6, 7, 8])(
  'mends many corruptions at once, and finds nothing more to mend (%i)',
  async (seed) => {
    const applied = await applySome(ofRows, randomNumbers(seed));

    await repair();

    expect({ applied, left: await backend.check() }).toEqual({ applied, left: [] });
    expect(await repair()).toEqual([]);
  },
);

/** About half of them, one upon the other in any order; answers their names. */
async function applySome(candidates: Corruption[], random: () => number): Promise<string[]> {
  const chosen = candidates
    .map((corruption) => ({ corruption, place: random() }))
    .filter(() => random() < 0.5)
    .sort((a, b) => a.place - b.place)
    .map(({ corruption }) => corruption);
  const applied: string[] = [];
  for (const [name, corrupt] of chosen) {
    // Another one may have taken its row away.
    await corrupt(backend.store).then(
      () => applied.push(name),
      () => undefined,
    );
  }
  expect(applied.length).toBeGreaterThan(5);
  return applied;
}
