import { expect } from 'vitest';
import { readCards } from '../../functions/store/cards.ts';
import { readViews } from '../../functions/store/counter.ts';
import { findArticle, findMeta } from '../../functions/store/read-article.ts';
import { TakenError } from '../../functions/store/transaction.ts';
import { readVersions, readWritten } from '../../functions/store/versions.ts';
import { test } from '../support/backend-test.ts';
import { describeStore, scanStore } from '../support/scan.ts';
import { interruptWrite } from '../support/watched-store.ts';

test('keeps id, first storing and views under the new address', async ({ backend }) => {
  const { stored: old } = await backend.put('gale', { views: 930 });
  await backend.view('gale');
  backend.time = '2026-06-02T12:00:00.000Z';

  const { outcome, stored } = await backend.put('storm', { aliases: ['gale'], views: 930 });

  const { views } = await scanStore(backend.store);
  expect(outcome).toBe('replaced');
  expect(stored).toMatchObject({ version: 2, firstStoredAt: old.firstStoredAt });
  expect(stored.article).toMatchObject({ id: old.article.id, slug: 'storm' });
  expect(views).toEqual([{ pk: `VIEWS#${old.article.id}`, n: 931, d20260601: 1 }]);
});

test('turns the old address into one that leads to the new', async ({ backend }) => {
  await backend.put('gale', { tags: ['Weather'] });

  await backend.put('storm', { aliases: ['gale'], tags: ['Weather'] });

  const cards = await readCards(backend.store, { stream: 'tag/weather', upTo: backend.time, limit: 5 });
  expect(await findArticle(backend.store, 'gale')).toMatchObject({ movedTo: 'storm' });
  expect(cards.map(({ slug }) => slug)).toEqual(['storm']);
});

test('takes guid and older addresses along', async ({ backend }) => {
  await backend.put('wind', { guid: 'item-1' });
  await backend.put('gale', { guid: 'item-1', aliases: ['wind'] });

  await backend.put('storm', { guid: 'item-1', aliases: ['gale', 'wind'] });

  expect(await findArticle(backend.store, 'wind')).toMatchObject({ movedTo: 'storm' });
  expect(await findArticle(backend.store, 'gale')).toMatchObject({ movedTo: 'storm' });
});

test('goes back to the first address', async ({ backend }) => {
  const { stored: first } = await backend.put('gale', { views: 930 });
  await backend.put('storm', { aliases: ['gale'] });

  const { stored } = await backend.put('gale', { aliases: ['storm'] });

  expect(stored).toMatchObject({ version: 3, article: { id: first.article.id, slug: 'gale' } });
  expect(await findArticle(backend.store, 'storm')).toMatchObject({ movedTo: 'gale' });
  expect(await readViews(backend.store, first.article.id)).toBe(930);
});

test('leads on from old addresses that are named no more, through renames and edits', async ({ backend }) => {
  await backend.put('breeze');
  await backend.put('gale', { aliases: ['breeze'] });
  await backend.put('storm', { aliases: ['gale'] });
  await backend.put('storm', { aliases: [], title: 'Edited' });

  const found = [await findArticle(backend.store, 'breeze'), await findArticle(backend.store, 'gale')];

  expect(found).toMatchObject([{ movedTo: 'storm' }, { movedTo: 'storm' }]);
});

test('gives an old address that is named no more to whoever takes it next', async ({ backend }) => {
  await backend.put('breeze');
  await backend.put('gale', { aliases: ['breeze'] });
  await backend.put('storm', { aliases: ['gale'] });
  await backend.put('storm', { title: 'Edited' });

  await backend.put('breeze', { title: 'Another' });
  await backend.put('calm', { aliases: ['gale'] });
  await backend.put('storm', { title: 'Edited again' });

  expect(await findArticle(backend.store, 'breeze')).toMatchObject({ article: { title: 'Another' } });
  expect(await findArticle(backend.store, 'gale')).toMatchObject({ movedTo: 'calm' });
  expect(await findArticle(backend.store, 'storm')).not.toHaveProperty('formerSlugs');
});

test('keeps the former texts of an article whose old address another one takes', async ({ backend }) => {
  await backend.put('gale', { text: 'First.' });
  await backend.put('storm', { aliases: ['gale'], text: 'Second.' });
  await backend.put('storm', { text: 'Third.' });

  const { stored } = await backend.put('gale', { text: 'Another.' });

  expect(await readWritten(backend.store, 'gale', 1)).toEqual({ text: 'First.' });
  expect(await readWritten(backend.store, 'gale', stored.version)).toEqual({ text: 'Another.' });
});

test('lists and erases the texts of an article, not those of the one whose old address it has taken', async ({
  backend,
}) => {
  const textsOf = async (slug: string) => {
    const stored = await findMeta(backend.store, slug);
    if (!stored || 'movedTo' in stored) throw new Error(`There is no article at ${slug}`);
    const versions = await readVersions(backend.store, stored, backend.time);
    return versions.map(({ n, article }) => `${article.slug} ${n}: ${article.title}`);
  };
  await backend.put('gale', { title: 'First' });
  await backend.put('storm', { aliases: ['gale'], title: 'Second' });
  await backend.put('storm', { title: 'Third' });
  await backend.put('gale', { title: 'Another' });
  await backend.put('gale', { title: 'Another again' });

  const texts = [await textsOf('gale'), await textsOf('storm')];
  await backend.remove('gale');
  await backend.put('gale', { title: 'At a deleted one’s' });
  const afterwards = await textsOf('gale');
  await backend.remove('gale');
  await backend.erase('gale');

  expect(texts).toEqual([['gale 4: Another'], ['storm 2: Second', 'gale 1: First']]);
  expect(afterwards).toEqual(['gale 5: Another again', 'gale 4: Another']);
  expect(await textsOf('storm')).toEqual(['storm 2: Second', 'gale 1: First']);
  expect(await readWritten(backend.store, 'gale', 4)).toBeUndefined();
  expect(await backend.check()).toEqual([]);
});

test('leaves an address with whoever has taken it while its former article is edited', async ({
  backend,
}) => {
  await backend.put('gale');
  await backend.put('storm', { aliases: ['gale'] });
  await backend.put('storm', { title: 'Edited' });
  const second = backend.through(
    interruptWrite(backend.store, () => backend.put('gale', { title: 'Another' })),
  );

  const { stored } = await second.put('storm', { title: 'Edited meanwhile' });

  expect(stored.formerSlugs).toBeUndefined();
  expect(await findArticle(backend.store, 'gale')).toMatchObject({ article: { title: 'Another' } });
});

test.for([
  ['another article as an alias', 'calm', { aliases: ['storm'] }, '/aliases'],
  ["another article's old address as an alias", 'calm', { aliases: ['gale'] }, '/aliases'],
  ['two articles as aliases of a third', 'new', { aliases: ['storm', 'calm'] }, '/aliases'],
  ["another article's old address for itself", 'gale', {}, '/slug'],
  ["another article's guid", 'calm', { guid: 'item-1', source: { name: 'Post' } }, '/guid'],
  ["another article's guid for a new article", 'new', { guid: 'item-1', source: { name: 'Post' } }, '/guid'],
] as const)('refuses %s and changes nothing', async ([, slug, fields, pointer], { backend }) => {
  await backend.put('storm', { aliases: ['gale'], guid: 'item-1', source: { name: 'Post' } });
  await backend.put('calm');
  const before = await describeStore(backend.store);

  const refusal = await backend.put(slug, fields).catch((error: unknown) => error);

  expect(refusal).toBeInstanceOf(TakenError);
  expect(refusal).toMatchObject({ pointer });
  expect(await describeStore(backend.store)).toEqual(before);
});

test('tells the guid of one source from the same guid of another', async ({ backend }) => {
  await backend.put('storm', { guid: 'item-1', source: { name: 'Post' } });

  const { outcome } = await backend.put('calm', { guid: 'item-1', source: { name: 'Times' } });

  expect(outcome).toBe('created');
});

test('renames what another writer edits meanwhile', async ({ backend }) => {
  await backend.put('gale', { tags: ['Weather'] });
  const second = backend.through(
    interruptWrite(backend.store, () => backend.put('gale', { tags: ['Sea'], title: 'Edited' })),
  );

  const { outcome, stored } = await second.put('storm', { aliases: ['gale'] });

  expect({ outcome, version: stored.version }).toEqual({ outcome: 'replaced', version: 3 });
});

test('finds nothing to do when another writer has made the same rename meanwhile', async ({ backend }) => {
  await backend.put('gale', { guid: 'item-1' });
  const rename = { aliases: ['gale', 'wind'], guid: 'item-1' };
  const second = backend.through(interruptWrite(backend.store, () => backend.put('storm', rename)));

  const { outcome } = await second.put('storm', rename);

  expect(outcome).toBe('unchanged');
});

test('refuses an edit under the address that another writer gives up meanwhile', async ({ backend }) => {
  await backend.put('gale', { guid: 'item-1' });
  const second = backend.through(
    interruptWrite(backend.store, () => backend.put('storm', { aliases: ['gale'], guid: 'item-1' })),
  );

  const refusal = await second.put('gale', { guid: 'item-1', title: 'Edited' }).catch((error) => error);

  expect(refusal).toBeInstanceOf(TakenError);
  expect(refusal).toMatchObject({ pointer: '/slug' });
});

test.for([
  ['an alias', { aliases: ['gale'] }, 'calm', { aliases: ['gale'] }],
  ['a guid', { guid: 'item-1' }, 'calm', { guid: 'item-1' }],
] as const)('refuses %s that another writer takes meanwhile', async ([, mine, slug, theirs], { backend }) => {
  const second = backend.through(interruptWrite(backend.store, () => backend.put(slug, theirs)));

  const refusal = await second.put('storm', mine).catch((error: unknown) => error);

  expect(refusal).toBeInstanceOf(TakenError);
  expect(await findArticle(backend.store, 'storm')).toBeUndefined();
});
