import { expect } from 'vitest';
import { readCards } from '../../functions/store/cards.ts';
import { finishDue, readDue } from '../../functions/store/due.ts';
import { readTombstones } from '../../functions/store/tombstones.ts';
import type { Fields, TestBackend } from '../support/backend.ts';
import { test } from '../support/backend-test.ts';

const ahead = '2026-07-01T08:00:00.000Z';
const justBefore = '2026-07-01T07:59:59.999Z';

/** Slugs that the stream lists, and ids that it tells of as gone. */
async function seen({ store, time }: TestBackend, stream: string, now = time) {
  const cards = await readCards(store, { stream, upTo: now, limit: 10 });
  const gone = await readTombstones(store, stream, { now, limit: 10 });
  return { listed: cards.map(({ slug }) => slug), gone: gone.map(({ id }) => id) };
}

const id = 'tag:news.example.com,2026-05-01:storm';

test('lists no draft', async ({ backend }) => {
  await backend.put('storm', { draft: true });

  expect(await seen(backend, 'news')).toEqual({ listed: [], gone: [] });
});

test('lists an article from the very millisecond of its publication', async ({ backend }) => {
  await backend.put('storm', { publishedAt: ahead });

  expect(await seen(backend, 'news', justBefore)).toEqual({ listed: [], gone: [] });
  expect(await seen(backend, 'news', ahead)).toEqual({ listed: ['storm'], gone: [] });
});

test.for<[string, (backend: TestBackend) => Promise<unknown>]>([
  ['is made a draft', (backend) => backend.put('storm', { tags: ['Weather'], draft: true })],
  ['gets a date ahead', (backend) => backend.put('storm', { tags: ['Weather'], publishedAt: ahead })],
  ['is deleted', (backend) => backend.remove('storm')],
])('tells every stream of a visible article that it %s', async ([, withdraw], { backend }) => {
  await backend.put('storm', { tags: ['Weather'] });

  await withdraw(backend);

  for (const stream of ['news', 'tag/weather'])
    expect(await seen(backend, stream)).toEqual({ listed: [], gone: [id] });
});

test.for<[string, Fields, (backend: TestBackend) => Promise<unknown>]>([
  ['a draft that is deleted', { draft: true }, (backend) => backend.remove('storm')],
  ['an embargoed article that is deleted', { publishedAt: ahead }, (backend) => backend.remove('storm')],
  [
    'an embargo that becomes a draft',
    { publishedAt: ahead },
    (backend) => backend.put('storm', { draft: true }),
  ],
  [
    'a draft that is put under embargo',
    { draft: true },
    (backend) => backend.put('storm', { publishedAt: ahead }),
  ],
])('leaves no trace of %s', async ([, fields, withdraw], { backend }) => {
  await backend.put('storm', fields);

  await withdraw(backend);

  expect(await seen(backend, 'news')).toEqual({ listed: [], gone: [] });
});

test('tells of a removal in the streams that the article was seen in, not in those it gets meanwhile', async ({
  backend,
}) => {
  await backend.put('storm', { tags: ['Weather'] });

  await backend.put('storm', { tags: ['Sea'], draft: true });
  await backend.put('storm', { tags: ['Wind'], draft: true });

  expect(await seen(backend, 'tag/weather')).toEqual({ listed: [], gone: [id] });
  expect(await seen(backend, 'tag/sea')).toEqual({ listed: [], gone: [] });
  expect(await seen(backend, 'tag/wind')).toEqual({ listed: [], gone: [] });
});

test('takes an article of this very millisecond for a visible one', async ({ backend }) => {
  await backend.put('storm', { publishedAt: backend.time });

  await backend.remove('storm');

  expect(await readDue(backend.store, backend.time, 5)).toEqual([]);
  expect((await seen(backend, 'news')).gone).toHaveLength(1);
});

test('keeps the time of the first withdrawal', async ({ backend }) => {
  await backend.put('storm');
  await backend.put('storm', { draft: true });
  const first = backend.time;
  backend.time = '2026-06-03T12:00:00.000Z';

  await backend.remove('storm');

  expect(await readTombstones(backend.store, 'news', { now: backend.time, limit: 5 })).toEqual([
    { id, when: first },
  ]);
});

test.for<[string, Fields]>([
  ['a draft', { draft: true }],
  ['an embargo', { publishedAt: ahead }],
])('takes the removal back when %s is published again', async ([, fields], { backend }) => {
  await backend.put('storm');
  await backend.put('storm', fields);

  await backend.put('storm');

  expect(await seen(backend, 'news')).toEqual({ listed: ['storm'], gone: [] });
});

test('takes the removal back when a deleted article is put again under its id', async ({ backend }) => {
  await backend.put('storm', { id });
  await backend.remove('storm');

  await backend.put('storm', { id });

  expect(await seen(backend, 'news')).toEqual({ listed: ['storm'], gone: [] });
});

test('goes on telling of a deleted article when another takes its address', async ({ backend }) => {
  await backend.put('storm');
  await backend.remove('storm');

  await backend.put('storm');

  expect(await seen(backend, 'news')).toEqual({ listed: ['storm'], gone: [id] });
});

test('ends a removal by itself in the very millisecond that the embargo ends', async ({ backend }) => {
  await backend.put('storm');

  await backend.put('storm', { publishedAt: ahead });

  expect(await seen(backend, 'news', justBefore)).toEqual({ listed: [], gone: [id] });
  expect(await seen(backend, 'news', ahead)).toEqual({ listed: ['storm'], gone: [] });
});

test('tells of the newest removals that still hold', async ({ backend }) => {
  for (const [day, slug] of ['first', 'second', 'third'].entries()) {
    backend.time = `2026-06-0${day + 1}T12:00:00.000Z`;
    await backend.put(slug);
    await backend.remove(slug);
  }
  await backend.put('back');
  await backend.put('back', { publishedAt: '2026-06-04T12:00:00Z' });

  const gone = await readTombstones(backend.store, 'news', { now: '2026-06-05T12:00:00.000Z', limit: 2 });

  expect(gone.map(({ when }) => when)).toEqual(['2026-06-03T12:00:00.000Z', '2026-06-02T12:00:00.000Z']);
});

test('stops telling of a removal after ninety days', async ({ backend }) => {
  await backend.put('storm');
  await backend.remove('storm');

  expect((await seen(backend, 'news', '2026-08-30T11:59:59.999Z')).gone).toEqual([id]);
  expect((await seen(backend, 'news', '2026-08-30T12:00:00.000Z')).gone).toEqual([]);
});

test('hands out an embargo as work from the millisecond that it ends, until it is done', async ({
  backend,
}) => {
  await backend.put('storm', { publishedAt: ahead });

  const early = await readDue(backend.store, justBefore, 5);
  const [due, ...others] = await readDue(backend.store, ahead, 5);
  backend.time = ahead;
  if (due) await finishDue(backend.store, due);

  expect(early).toEqual([]);
  expect([due, ...others]).toMatchObject([{ slug: 'storm' }]);
  expect(await readDue(backend.store, ahead, 5)).toEqual([]);
});

test.for<[string, Fields, string[]]>([
  ['moves with a later date', { publishedAt: '2026-07-02T08:00:00Z' }, []],
  ['moves with an earlier date', { publishedAt: '2026-06-30T08:00:00Z' }, ['storm']],
  ['stays through an edit', { publishedAt: ahead, title: 'Edited' }, ['storm']],
  ['ends with publication', {}, []],
  ['ends when it becomes a draft', { publishedAt: ahead, draft: true }, []],
])('an announcement %s', async ([, fields, slugs], { backend }) => {
  await backend.put('storm', { publishedAt: ahead });

  await backend.put('storm', fields);

  expect(await readDue(backend.store, ahead, 5)).toEqual(
    slugs.map((slug) => expect.objectContaining({ slug })),
  );
});
