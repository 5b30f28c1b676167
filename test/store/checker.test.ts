import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { articleCorruptions } from '../support/article-corruptions.ts';
import { restoreStore } from '../support/corrupt.ts';
import { derivedCorruptions } from '../support/derived-corruptions.ts';
import { TestDesk } from '../support/desk.ts';
import { fillStore } from '../support/mixed-store.ts';
import { mostReadCorruptions } from '../support/most-read-corruptions.ts';
import { scanStore } from '../support/scan.ts';

let desk: TestDesk;
let sound: Awaited<ReturnType<typeof scanStore>>;

beforeAll(async () => {
  desk = await TestDesk.open();
  await fillStore(desk);
  sound = await scanStore(desk.store);
});
afterEach(() => restoreStore(desk.store, sound));
afterAll(() => desk.close());

test('finds nothing in a store that holds everything', async () => {
  expect(await desk.check()).toEqual([]);
});

test.each([...articleCorruptions, ...derivedCorruptions, ...mostReadCorruptions])(
  'finds %s',
  async (_, corrupt, finding) => {
    await corrupt(desk.store);

    expect(await desk.check()).toContain(finding);
  },
);

test('knows the count of a former article by the claim of its id', async () => {
  const former = 'tag:news.example.com,2026-05-01:reborn';
  const unclaimed = sound.content.filter(({ sk, id }) => sk !== 'GUID' || id !== former);
  const claimed = unclaimed.length < sound.content.length;
  await restoreStore(desk.store, { ...sound, content: unclaimed });

  const findings = await desk.check();

  expect([claimed, findings]).toEqual([true, [`The count belongs to no article: VIEWS#${former}`]]);
});
