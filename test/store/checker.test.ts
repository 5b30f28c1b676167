import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { articleCorruptions } from '../support/article-corruptions.ts';
import { TestBackend } from '../support/backend.ts';
import { restoreStore } from '../support/corrupt.ts';
import { derivedCorruptions } from '../support/derived-corruptions.ts';
import { fillStore } from '../support/mixed-store.ts';
import { mostReadCorruptions } from '../support/most-read-corruptions.ts';
import { scanStore } from '../support/scan.ts';

let backend: TestBackend;
let sound: Awaited<ReturnType<typeof scanStore>>;

beforeAll(async () => {
  backend = await TestBackend.open();
  await fillStore(backend);
  sound = await scanStore(backend.store);
});
afterEach(() => restoreStore(backend.store, sound));
afterAll(() => backend.close());

test('finds nothing in a store that holds everything', async () => {
  expect(await backend.check()).toEqual([]);
});

test.each([...articleCorruptions, ...derivedCorruptions, ...mostReadCorruptions])(
  'finds %s',
  async (_, corrupt, finding) => {
    await corrupt(backend.store);

    expect(await backend.check()).toContain(finding);
  },
);

test('knows the count of a former article by the claim of its id', async () => {
  const former = 'tag:news.example.com,2026-05-01:reborn';
  const unclaimed = sound.content.filter(({ sk, id }) => sk !== 'GUID' || id !== former);
  const claimed = unclaimed.length < sound.content.length;
  await restoreStore(backend.store, { ...sound, content: unclaimed });

  const findings = await backend.check();

  expect([claimed, findings]).toEqual([true, [`The count belongs to no article: VIEWS#${former}`]]);
});
