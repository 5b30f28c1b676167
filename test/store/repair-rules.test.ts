import { expect } from 'vitest';
import { type DueEmbargo, postponeEmbargo, readDue } from '../../functions/store/due.ts';
import { repairPage } from '../../functions/store/repair/repair-page.ts';
import { test } from '../support/backend-test.ts';
import { add, change, copy, lose } from '../support/corrupt.ts';
import { repairStore } from '../support/repair.ts';
import { describeStore, keyText, scanStore } from '../support/scan.ts';
import { interruptWrite } from '../support/watched-store.ts';

const card = 'STREAM#tag/town 2026-05-01T08:00:00.000Z#storm';
const tags = ['Town'];

test('leaves rows of kinds that it does not know', async ({ backend }) => {
  await backend.put('storm');
  const strange = ['DUE 2026-05-01T08:00:00.000Z#PING#news', 'RANK#today 1#storm', 'ARTICLE#storm NOTE'];
  for (const key of strange) await add(key, { what: 'new' })(backend.store);

  const found = await repairStore(backend.store, backend.time);

  expect(found).toEqual([]);
  for (const key of strange) await lose(key)(backend.store);
});

test('leaves an announcement that failed at its time to the next one', async ({ backend }) => {
  await backend.put('coming', { publishedAt: '2026-07-01T08:00:00Z' });
  backend.time = '2026-07-01T08:01:00.000Z';
  const [due] = await readDue(backend.store, backend.time, 1);
  await postponeEmbargo(backend.store, due as DueEmbargo, '2026-07-01T08:02:00.000Z');

  expect(await repairStore(backend.store, backend.time)).toEqual([]);
});

test('brings back neither an announcement that was made nor a tombstone that has expired', async ({
  backend,
}) => {
  await backend.put('coming', { publishedAt: '2026-07-01T08:00:00Z' });
  await backend.put('storm', { tags });
  await backend.remove('storm');
  await lose('DUE 2026-07-01T08:00:00.000Z#EMBARGO#coming')(backend.store);
  for (const stream of ['news', 'tag/town'])
    await lose(`GONE#${stream} 2026-06-01T12:00:00.000Z#storm`)(backend.store);
  backend.time = '2026-10-01T00:00:00.000Z';

  expect(await repairStore(backend.store, backend.time)).toEqual([]);
});

test('keeps what it found of a stream that has no article any more, and makes its label of its name', async ({
  backend,
}) => {
  await backend.put('storm', { tags: ['New  York'] });
  await backend.put('storm', { tags });
  await change('STREAMS tag/new-york', { label: 'Boston' })(backend.store);

  const found = await repairStore(backend.store, backend.time);

  const { content } = await scanStore(backend.store);
  expect(found).toMatchObject([{ outcome: 'corrected', row: 'STREAMS tag/new-york' }]);
  expect(content).toContainEqual({
    pk: 'STREAMS',
    sk: 'tag/new-york',
    label: 'new-york',
    since: '2026-05-01T08:00:00.000Z',
    by: 'storm#1',
  });
});

test('names an old address and a guid that two articles call theirs, and takes them from neither', async ({
  backend,
}) => {
  await backend.put('storm', { aliases: ['gale'], guid: 'tag:example.com,2026:1' });
  await backend.put('long');
  await change('ARTICLE#long META', {
    'article.aliases': ['gale', 'storm'],
    'article.guid': 'tag:example.com,2026:1',
  })(backend.store);
  const before = await describeStore(backend.store);

  const found = await repairStore(backend.store, backend.time);

  expect(found.map(({ outcome, what }) => `${outcome} ${what}`)).toEqual([
    'broken the old address gale: long and storm both name it',
    'broken the old address storm: long and storm both name it',
    'broken the guid of long: long and storm both name it',
  ]);
  expect(await describeStore(backend.store)).toEqual(before);
  await change('ARTICLE#long META', { 'article.aliases': [], 'article.guid': undefined })(backend.store);
});

test('moves the claim of an id that nobody has any more to its own key', async ({ backend }) => {
  await backend.put('storm');
  await backend.remove('storm');
  await backend.put('storm');
  const { content } = await scanStore(backend.store);
  const former = content.find(
    ({ sk, id }) => sk === 'GUID' && id === 'tag:news.example.com,2026-05-01:storm',
  );
  const claim = `${former?.pk} GUID`;
  await copy(claim, `GUID#${'0'.repeat(64)} GUID`)(backend.store);
  await lose(claim)(backend.store);

  await repairStore(backend.store, backend.time);

  expect((await scanStore(backend.store)).content).toEqual(content);
});

test('judges an article again that is written between reading and mending', async ({ backend }) => {
  await backend.put('storm', { tags });
  await lose(card)(backend.store);
  const store = interruptWrite(backend.store, () => backend.put('storm', { title: 'Edited', tags: ['Sea'] }));

  const found = await repairStore(store, backend.time);

  expect(found).toEqual([]);
});

test('judges a row again whose article calls for it between reading and removing', async ({ backend }) => {
  await backend.put('storm');
  await add('ARTICLE#gale META', { movedTo: 'storm' })(backend.store);
  const store = interruptWrite(backend.store, () => backend.put('storm', { aliases: ['gale'] }));

  const found = await repairStore(store, backend.time);

  expect(found).toEqual([]);
});

test('takes no old address from an article that claims it meanwhile', async ({ backend }) => {
  await backend.put('storm', { aliases: ['gale'] });
  await backend.put('long');
  await change('ARTICLE#gale META', { movedTo: 'long' })(backend.store);
  const store = interruptWrite(backend.store, () => backend.put('long', { aliases: ['gale'] }));

  const found = await repairStore(store, backend.time);

  expect(found.map(({ what }) => what)).toContain('the old address gale: storm and long both name it');
  await change('ARTICLE#storm META', { 'article.aliases': [] })(backend.store);
});

test('leaves a clean store behind that was written and spoilt while it was repaired', async ({ backend }) => {
  const slugs = ['storm', 'gale', 'tide', 'fog'];
  for (const slug of slugs) await backend.put(slug, { tags });
  let writing = true;
  const write = async (slug: string) => {
    for (let round = 1; round <= 12; round++) {
      await backend.put(slug, {
        title: `${slug} ${round}`,
        tags: [`Tag ${round % 3}`],
        guid: `guid-${slug}`,
      });
      if (round % 4 === 0) await backend.put(slug, { draft: true });
    }
  };
  const spoil = async () => {
    for (let index = 0; writing; index++) {
      const stray = `STREAM#tag/tag-${index % 3} 2026-05-01T08:00:00.000Z#${slugs[index % 4]}`;
      await add(stray, { version: 1 })(backend.store);
    }
  };
  const mend = async () => {
    while (writing) await repairStore(backend.store, backend.time);
  };

  const spoiling = [spoil(), mend(), mend()];
  await Promise.all(slugs.map(write));
  writing = false;
  await Promise.all(spoiling);
  await repairStore(backend.store, backend.time);

  expect(await repairStore(backend.store, backend.time)).toEqual([]);
});

test('goes on behind the last row of a page, until every step is done', async ({ backend }) => {
  // Of no known kind, they stay, and come before the card.
  const others = Array.from({ length: 309 }, (_, index) => `STREAM#news 0${index}`);
  const card = 'STREAM#news 2026-05-01T08:00:00.000Z#ghost';
  await Promise.all([...others, card].map((key) => add(key, {})(backend.store)));
  const pages: number[] = [];

  for (let place: Parameters<typeof repairPage>[1] | undefined = { step: 0 }; place; ) {
    const { rows, next } = await repairPage(backend.store, place, backend.time);
    pages.push(rows);
    place = next;
  }

  expect(pages.filter((rows) => rows > 0)).toEqual([300, 10]);
  expect((await scanStore(backend.store)).content.map(keyText)).toEqual([...others].sort());
  await Promise.all(others.map((key) => lose(key)(backend.store)));
});
