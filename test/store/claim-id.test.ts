import { expect } from 'vitest';
import { rssGuid } from '../../functions/article/article.ts';
import { InvalidArticleError } from '../../functions/article/fault.ts';
import { TakenError } from '../../functions/store/transaction.ts';
import type { Fields } from '../support/backend.ts';
import { test } from '../support/backend-test.ts';
import { describeStore } from '../support/scan.ts';

test('gives no second article the id of one that moved on from its address', async ({ backend }) => {
  const { stored: first } = await backend.put('storm');
  await backend.put('gale', { aliases: ['storm'] });
  await backend.put('gale');

  const { stored: second } = await backend.put('storm');

  expect((await backend.read('gale')).article.id).toBe(first.article.id);
  expect(second.article.id).toBe(`${first.article.id}/2`);
});

test.for([
  ['id', { id: 'tag:example.com,2026:1' }],
  ['guid', { guid: 'tag:example.com,2026:1' }],
] as const)(
  'refuses the id of another article as %s, and changes nothing',
  async ([name, fields], { backend }) => {
    await backend.put('storm', { id: 'tag:example.com,2026:1' });
    const before = await describeStore(backend.store);

    const refusal = await backend.put('gale', fields).catch((error) => error);

    expect(refusal).toBeInstanceOf(TakenError);
    expect(refusal.pointer).toBe(`/${name}`);
    expect(await describeStore(backend.store)).toEqual(before);
  },
);

test('takes an IRI for one identity whichever source names it', async ({ backend }) => {
  const guid = 'https://elsewhere.example/17';
  await backend.put('storm', { guid, source: { name: 'Post' } });

  const refusal = await backend.put('gale', { guid, source: { name: 'Times' } }).catch((error) => error);

  expect(refusal).toBeInstanceOf(TakenError);
});

test('gives two new articles of one id to one of them alone', async ({ backend }) => {
  const id = 'tag:example.com,2026:1';

  const answers = await Promise.allSettled(['storm', 'gale'].map((slug) => backend.put(slug, { id })));

  expect(answers.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
});

test('lets a guid that subscribers know neither change nor get lost', async ({ backend }) => {
  const guid = 'https://elsewhere.example/17';
  await backend.put('storm', { guid });
  await backend.put('storm', { guid, draft: true });

  const refusal = await backend
    .put('storm', { guid: 'https://elsewhere.example/18' })
    .catch((error) => error);
  await backend.put('storm', { title: 'Edited' });

  expect(refusal).toBeInstanceOf(InvalidArticleError);
  expect((await backend.read('storm')).article).toMatchObject({ title: 'Edited', guid });
});

test('lets a guid that is no IRI and that RSS shows neither change nor get lost', async ({ backend }) => {
  await backend.put('storm', { guid: '5f8a' });
  const refusal = await backend.put('storm', { guid: '5f8b' }).catch((error) => error);
  await backend.put('storm', { title: 'Edited', source: { name: 'Post' } });

  expect(refusal).toMatchObject({ faults: [{ pointer: '/guid' }] });
  expect(rssGuid((await backend.read('storm')).article)).toBe('5f8a');
});

test.for<[string, Fields, Fields]>([
  ['one that readers know by its id already', {}, { guid: '5f8a' }],
  ['one of a source, which another may have too', { guid: '5f8a', source: { name: 'Post' } }, {}],
])('does not show a guid that is no IRI of %s', async ([, before, after], { backend }) => {
  await backend.put('storm', before);
  await backend.put('storm', after);

  const { article } = await backend.read('storm');
  expect(article.guid).toBe('5f8a');
  expect(rssGuid(article)).toBe(article.id);
});

test('lets a guid change before anybody has seen it', async ({ backend }) => {
  await backend.put('storm', { guid: 'https://elsewhere.example/17', draft: true });

  await backend.put('storm', { guid: 'https://elsewhere.example/18' });

  expect((await backend.read('storm')).article.guid).toBe('https://elsewhere.example/18');
});
