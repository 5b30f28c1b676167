import { expect } from 'vitest';
import { InvalidArticleError } from '../../functions/article/fault.ts';
import { TakenError } from '../../functions/store/transaction.ts';
import { test } from '../support/desk-test.ts';
import { describeStore } from '../support/scan.ts';

test('gives no second article the id of one that moved on from its address', async ({ desk }) => {
  const { stored: first } = await desk.put('storm');
  await desk.put('gale', { aliases: ['storm'] });
  await desk.put('gale');

  const { stored: second } = await desk.put('storm');

  expect((await desk.read('gale')).article.id).toBe(first.article.id);
  expect(second.article.id).toBe(`${first.article.id}/2`);
});

test.for([
  ['id', { id: 'tag:example.com,2026:1' }],
  ['guid', { guid: 'tag:example.com,2026:1' }],
] as const)(
  'refuses the id of another article as %s, and changes nothing',
  async ([name, fields], { desk }) => {
    await desk.put('storm', { id: 'tag:example.com,2026:1' });
    const before = await describeStore(desk.store);

    const refusal = await desk.put('gale', fields).catch((error) => error);

    expect(refusal).toBeInstanceOf(TakenError);
    expect(refusal.pointer).toBe(`/${name}`);
    expect(await describeStore(desk.store)).toEqual(before);
  },
);

test('takes an IRI for one identity whichever source names it', async ({ desk }) => {
  const guid = 'https://elsewhere.example/17';
  await desk.put('storm', { guid, source: { name: 'Post' } });

  const refusal = await desk.put('gale', { guid, source: { name: 'Times' } }).catch((error) => error);

  expect(refusal).toBeInstanceOf(TakenError);
});

test('gives two new articles of one id to one of them alone', async ({ desk }) => {
  const id = 'tag:example.com,2026:1';

  const answers = await Promise.allSettled(['storm', 'gale'].map((slug) => desk.put(slug, { id })));

  expect(answers.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
});

test('lets a guid that subscribers know neither change nor get lost', async ({ desk }) => {
  const guid = 'https://elsewhere.example/17';
  await desk.put('storm', { guid });
  await desk.put('storm', { guid, draft: true });

  const refusal = await desk.put('storm', { guid: 'https://elsewhere.example/18' }).catch((error) => error);
  await desk.put('storm', { title: 'Edited' });

  expect(refusal).toBeInstanceOf(InvalidArticleError);
  expect((await desk.read('storm')).article).toMatchObject({ title: 'Edited', guid });
});

test('lets a guid change before anybody has seen it', async ({ desk }) => {
  await desk.put('storm', { guid: 'https://elsewhere.example/17', draft: true });

  await desk.put('storm', { guid: 'https://elsewhere.example/18' });

  expect((await desk.read('storm')).article.guid).toBe('https://elsewhere.example/18');
});
