import { expect } from 'vitest';
import { type DueEmbargo, postponeEmbargo, readDue } from '../../functions/store/due.ts';
import { repairPage } from '../../functions/store/repair/repair-page.ts';
import { add, change, copy, lose } from '../support/corrupt.ts';
import { test } from '../support/desk-test.ts';
import { repairStore } from '../support/repair.ts';
import { describeStore, scanStore } from '../support/scan.ts';
import { interruptWrite } from '../support/watched-store.ts';

const card = 'STREAM#tag/town 2026-05-01T08:00:00.000Z#storm';
const tags = ['Town'];

test('leaves rows of kinds that it does not know', async ({ desk }) => {
  await desk.put('storm');
  const strange = ['DUE 2026-05-01T08:00:00.000Z#PING#news', 'RANK#today 1#storm', 'ARTICLE#storm NOTE'];
  for (const key of strange) await add(key, { what: 'new' })(desk.store);

  const found = await repairStore(desk.store, desk.time);

  expect(found).toEqual([]);
  for (const key of strange) await lose(key)(desk.store);
});

test('leaves an announcement that failed at its time to the next one', async ({ desk }) => {
  await desk.put('coming', { publishedAt: '2026-07-01T08:00:00Z' });
  desk.time = '2026-07-01T08:01:00.000Z';
  const [due] = await readDue(desk.store, desk.time, 1);
  await postponeEmbargo(desk.store, due as DueEmbargo, '2026-07-01T08:02:00.000Z');

  expect(await repairStore(desk.store, desk.time)).toEqual([]);
});

test('brings back neither an announcement that was made nor a tombstone that has expired', async ({
  desk,
}) => {
  await desk.put('coming', { publishedAt: '2026-07-01T08:00:00Z' });
  await desk.put('storm', { tags });
  await desk.remove('storm');
  await lose('DUE 2026-07-01T08:00:00.000Z#EMBARGO#coming')(desk.store);
  for (const stream of ['news', 'tag/town'])
    await lose(`GONE#${stream} 2026-06-01T12:00:00.000Z#storm`)(desk.store);
  desk.time = '2026-10-01T00:00:00.000Z';

  expect(await repairStore(desk.store, desk.time)).toEqual([]);
});

test('keeps what it found of a stream that has no article any more, and makes its label of its name', async ({
  desk,
}) => {
  await desk.put('storm', { tags: ['New  York'] });
  await desk.put('storm', { tags });
  await change('STREAMS tag/new-york', { label: 'Boston' })(desk.store);

  const found = await repairStore(desk.store, desk.time);

  const { content } = await scanStore(desk.store);
  expect(found).toMatchObject([{ outcome: 'corrected', row: 'STREAMS tag/new-york' }]);
  expect(content).toContainEqual({
    pk: 'STREAMS',
    sk: 'tag/new-york',
    label: 'new-york',
    since: '2026-05-01T08:00:00.000Z',
  });
});

test('names an old address and a guid that two articles call theirs, and takes them from neither', async ({
  desk,
}) => {
  await desk.put('storm', { aliases: ['gale'], guid: 'tag:example.com,2026:1' });
  await desk.put('long');
  await change('ARTICLE#long META', {
    'article.aliases': ['gale', 'storm'],
    'article.guid': 'tag:example.com,2026:1',
  })(desk.store);
  const before = await describeStore(desk.store);

  const found = await repairStore(desk.store, desk.time);

  expect(found.map(({ outcome, what }) => `${outcome} ${what}`)).toEqual([
    'broken the old address gale: long and storm both name it',
    'broken the old address storm: long and storm both name it',
    'broken the guid of long: long and storm both name it',
  ]);
  expect(await describeStore(desk.store)).toEqual(before);
  await change('ARTICLE#long META', { 'article.aliases': [], 'article.guid': undefined })(desk.store);
});

test('moves the claim of an id that nobody has any more to its own key', async ({ desk }) => {
  await desk.put('storm');
  await desk.remove('storm');
  await desk.put('storm');
  const { content } = await scanStore(desk.store);
  const former = content.find(
    ({ sk, id }) => sk === 'GUID' && id === 'tag:news.example.com,2026-05-01:storm',
  );
  const claim = `${former?.pk} GUID`;
  await copy(claim, `GUID#${'0'.repeat(64)} GUID`)(desk.store);
  await lose(claim)(desk.store);

  await repairStore(desk.store, desk.time);

  expect((await scanStore(desk.store)).content).toEqual(content);
});

test('judges an article again that is written between reading and mending', async ({ desk }) => {
  await desk.put('storm', { tags });
  await lose(card)(desk.store);
  const store = interruptWrite(desk.store, () => desk.put('storm', { title: 'Edited', tags: ['Sea'] }));

  const found = await repairStore(store, desk.time);

  expect(found).toEqual([]);
});

test('judges a row again whose article calls for it between reading and removing', async ({ desk }) => {
  await desk.put('storm');
  await add('ARTICLE#gale META', { movedTo: 'storm' })(desk.store);
  const store = interruptWrite(desk.store, () => desk.put('storm', { aliases: ['gale'] }));

  const found = await repairStore(store, desk.time);

  expect(found).toEqual([]);
});

test('takes no old address from an article that claims it meanwhile', async ({ desk }) => {
  await desk.put('storm', { aliases: ['gale'] });
  await desk.put('long');
  await change('ARTICLE#gale META', { movedTo: 'long' })(desk.store);
  const store = interruptWrite(desk.store, () => desk.put('long', { aliases: ['gale'] }));

  const found = await repairStore(store, desk.time);

  expect(found.map(({ what }) => what)).toContain('the old address gale: storm and long both name it');
  await change('ARTICLE#storm META', { 'article.aliases': [] })(desk.store);
});

test('leaves a clean store behind that was written and spoilt while it was repaired', async ({ desk }) => {
  const slugs = ['storm', 'gale', 'tide', 'fog'];
  for (const slug of slugs) await desk.put(slug, { tags });
  let writing = true;
  const write = async (slug: string) => {
    for (let round = 1; round <= 12; round++) {
      await desk.put(slug, { title: `${slug} ${round}`, tags: [`Tag ${round % 3}`], guid: `guid-${slug}` });
      if (round % 4 === 0) await desk.put(slug, { draft: true });
    }
  };
  const spoil = async () => {
    for (let index = 0; writing; index++) {
      const stray = `STREAM#tag/tag-${index % 3} 2026-05-01T08:00:00.000Z#${slugs[index % 4]}`;
      await add(stray, { version: 1 })(desk.store);
    }
  };
  const mend = async () => {
    while (writing) await repairStore(desk.store, desk.time);
  };

  const spoiling = [spoil(), mend(), mend()];
  await Promise.all(slugs.map(write));
  writing = false;
  await Promise.all(spoiling);
  await repairStore(desk.store, desk.time);

  expect(await repairStore(desk.store, desk.time)).toEqual([]);
});

test('goes on behind the last row of a page, until every step is done', async ({ desk }) => {
  for (let index = 0; index < 310; index++)
    await add(`STREAM#news 2026-05-01T08:00:00.${String(index).padStart(3, '0')}Z#ghost`, {})(desk.store);
  const pages: number[] = [];

  for (let place: Parameters<typeof repairPage>[1] | undefined = { step: 0 }; place; ) {
    const { rows, next } = await repairPage(desk.store, place, desk.time);
    pages.push(rows);
    place = next;
  }

  expect(pages.filter((rows) => rows > 0)).toEqual([300, 10]);
  expect((await scanStore(desk.store)).content).toEqual([]);
});
