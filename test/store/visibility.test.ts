import { expect } from 'vitest';
import { readCards } from '../../functions/store/cards.ts';
import { finishDue, readDue } from '../../functions/store/due.ts';
import { readTombstones } from '../../functions/store/tombstones.ts';
import type { Fields, TestDesk } from '../support/desk.ts';
import { test } from '../support/desk-test.ts';

const ahead = '2026-07-01T08:00:00.000Z';
const justBefore = '2026-07-01T07:59:59.999Z';

/** Slugs that the stream lists, and ids that it tells of as gone. */
async function seen({ store, time }: TestDesk, stream: string, now = time) {
  const cards = await readCards(store, { stream, upTo: now, limit: 10 });
  const gone = await readTombstones(store, stream, { now, limit: 10 });
  return { listed: cards.map(({ slug }) => slug), gone: gone.map(({ id }) => id) };
}

const id = 'tag:news.example.com,2026-05-01:storm';

test('lists no draft', async ({ desk }) => {
  await desk.put('storm', { draft: true });

  expect(await seen(desk, 'news')).toEqual({ listed: [], gone: [] });
});

test('lists an article from the very millisecond of its publication', async ({ desk }) => {
  await desk.put('storm', { publishedAt: ahead });

  expect(await seen(desk, 'news', justBefore)).toEqual({ listed: [], gone: [] });
  expect(await seen(desk, 'news', ahead)).toEqual({ listed: ['storm'], gone: [] });
});

test.for<[string, (desk: TestDesk) => Promise<unknown>]>([
  ['is made a draft', (desk) => desk.put('storm', { tags: ['Weather'], draft: true })],
  ['gets a date ahead', (desk) => desk.put('storm', { tags: ['Weather'], publishedAt: ahead })],
  ['is deleted', (desk) => desk.remove('storm')],
])('tells every stream of a visible article that it %s', async ([, withdraw], { desk }) => {
  await desk.put('storm', { tags: ['Weather'] });

  await withdraw(desk);

  for (const stream of ['news', 'tag/weather'])
    expect(await seen(desk, stream)).toEqual({ listed: [], gone: [id] });
});

test.for<[string, Fields, (desk: TestDesk) => Promise<unknown>]>([
  ['a draft that is deleted', { draft: true }, (desk) => desk.remove('storm')],
  ['an embargoed article that is deleted', { publishedAt: ahead }, (desk) => desk.remove('storm')],
  ['an embargo that becomes a draft', { publishedAt: ahead }, (desk) => desk.put('storm', { draft: true })],
  ['a draft that is put under embargo', { draft: true }, (desk) => desk.put('storm', { publishedAt: ahead })],
])('leaves no trace of %s', async ([, fields, withdraw], { desk }) => {
  await desk.put('storm', fields);

  await withdraw(desk);

  expect(await seen(desk, 'news')).toEqual({ listed: [], gone: [] });
});

test('tells of a removal in the streams that the article was seen in, not in those it gets meanwhile', async ({
  desk,
}) => {
  await desk.put('storm', { tags: ['Weather'] });

  await desk.put('storm', { tags: ['Sea'], draft: true });
  await desk.put('storm', { tags: ['Wind'], draft: true });

  expect(await seen(desk, 'tag/weather')).toEqual({ listed: [], gone: [id] });
  expect(await seen(desk, 'tag/sea')).toEqual({ listed: [], gone: [] });
  expect(await seen(desk, 'tag/wind')).toEqual({ listed: [], gone: [] });
});

test('takes an article of this very millisecond for a visible one', async ({ desk }) => {
  await desk.put('storm', { publishedAt: desk.time });

  await desk.remove('storm');

  expect(await readDue(desk.store, desk.time, 5)).toEqual([]);
  expect((await seen(desk, 'news')).gone).toHaveLength(1);
});

test('keeps the time of the first withdrawal', async ({ desk }) => {
  await desk.put('storm');
  await desk.put('storm', { draft: true });
  const first = desk.time;
  desk.time = '2026-06-03T12:00:00.000Z';

  await desk.remove('storm');

  expect(await readTombstones(desk.store, 'news', { now: desk.time, limit: 5 })).toEqual([
    { id, when: first },
  ]);
});

test.for<[string, Fields]>([
  ['a draft', { draft: true }],
  ['an embargo', { publishedAt: ahead }],
])('takes the removal back when %s is published again', async ([, fields], { desk }) => {
  await desk.put('storm');
  await desk.put('storm', fields);

  await desk.put('storm');

  expect(await seen(desk, 'news')).toEqual({ listed: ['storm'], gone: [] });
});

test('takes the removal back when a deleted article is put again under its id', async ({ desk }) => {
  await desk.put('storm', { id });
  await desk.remove('storm');

  await desk.put('storm', { id });

  expect(await seen(desk, 'news')).toEqual({ listed: ['storm'], gone: [] });
});

test('goes on telling of a deleted article when another takes its address', async ({ desk }) => {
  await desk.put('storm');
  await desk.remove('storm');

  await desk.put('storm');

  expect(await seen(desk, 'news')).toEqual({ listed: ['storm'], gone: [id] });
});

test('ends a removal by itself in the very millisecond that the embargo ends', async ({ desk }) => {
  await desk.put('storm');

  await desk.put('storm', { publishedAt: ahead });

  expect(await seen(desk, 'news', justBefore)).toEqual({ listed: [], gone: [id] });
  expect(await seen(desk, 'news', ahead)).toEqual({ listed: ['storm'], gone: [] });
});

test('tells of the newest removals that still hold', async ({ desk }) => {
  for (const [day, slug] of ['first', 'second', 'third'].entries()) {
    desk.time = `2026-06-0${day + 1}T12:00:00.000Z`;
    await desk.put(slug);
    await desk.remove(slug);
  }
  await desk.put('back');
  await desk.put('back', { publishedAt: '2026-06-04T12:00:00Z' });

  const gone = await readTombstones(desk.store, 'news', { now: '2026-06-05T12:00:00.000Z', limit: 2 });

  expect(gone.map(({ when }) => when)).toEqual(['2026-06-03T12:00:00.000Z', '2026-06-02T12:00:00.000Z']);
});

test('stops telling of a removal after ninety days', async ({ desk }) => {
  await desk.put('storm');
  await desk.remove('storm');

  expect((await seen(desk, 'news', '2026-08-30T11:59:59.999Z')).gone).toEqual([id]);
  expect((await seen(desk, 'news', '2026-08-30T12:00:00.000Z')).gone).toEqual([]);
});

test('hands out an embargo as work from the millisecond that it ends, until it is done', async ({ desk }) => {
  await desk.put('storm', { publishedAt: ahead });

  const early = await readDue(desk.store, justBefore, 5);
  const [due, ...others] = await readDue(desk.store, ahead, 5);
  desk.time = ahead;
  if (due) await finishDue(desk.store, due);

  expect(early).toEqual([]);
  expect([due, ...others]).toMatchObject([{ slug: 'storm' }]);
  expect(await readDue(desk.store, ahead, 5)).toEqual([]);
});

test.for<[string, Fields, string[]]>([
  ['moves with a later date', { publishedAt: '2026-07-02T08:00:00Z' }, []],
  ['moves with an earlier date', { publishedAt: '2026-06-30T08:00:00Z' }, ['storm']],
  ['stays through an edit', { publishedAt: ahead, title: 'Edited' }, ['storm']],
  ['ends with publication', {}, []],
  ['ends when it becomes a draft', { publishedAt: ahead, draft: true }, []],
])('an announcement %s', async ([, fields, slugs], { desk }) => {
  await desk.put('storm', { publishedAt: ahead });

  await desk.put('storm', fields);

  expect(await readDue(desk.store, ahead, 5)).toEqual(slugs.map((slug) => expect.objectContaining({ slug })));
});
