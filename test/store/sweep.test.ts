import { expect } from 'vitest';
import type { AnnounceBackend } from '../../functions/announce/announce-stream.ts';
import { readDue, timeOfDue } from '../../functions/store/due.ts';
import { sweep } from '../../functions/sweep.ts';
import type { TestBackend } from '../support/backend.ts';
import { test } from '../support/backend-test.ts';
import { readBackend } from '../support/reading.ts';
import { watchStore } from '../support/watched-store.ts';

/** Where no hub is named nothing is announced. */
function announcing(backend: TestBackend): AnnounceBackend {
  const { context, ...rest } = readBackend(backend);
  const site = { ...context.site, hubs: ['https://hub.example.com/'] };
  return { ...rest, context: { ...context, site }, oldFeedSeconds: 0 };
}

test('announces a failing embargo after longer and longer pauses, and gives up after a day', async ({
  backend,
}) => {
  await backend.put('storm', { publishedAt: '2026-06-01T13:00:00Z' });
  // Which feeds somebody reads is looked up first.
  const failing = watchStore(backend.store, (command) => {
    if (command === 'BatchGetItem') throw new Error('No');
  });
  const announcer = announcing(backend.through(failing));
  const allDue = () => readDue(backend.store, '2027', 9);

  const tries: string[] = [];
  for (let [due] = await allDue(); due && tries.length < 7; [due] = await allDue()) {
    backend.time = timeOfDue(due);
    tries.push(backend.time.slice('2026-06-01T'.length, '2026-06-01T13:00'.length));
    expect(await sweep(announcer)).toEqual({ done: 0, failed: 1 });
  }
  backend.time = '2026-06-02T13:00:00.000Z';
  await sweep(announcer);

  expect(tries).toEqual(['13:00', '13:01', '13:02', '13:04', '13:08', '13:12', '13:20']);
  expect(await allDue()).toEqual([]);
});

test('announces the other articles though one fails', async ({ backend }) => {
  await backend.put('storm', { publishedAt: '2026-06-01T13:00:00Z', tags: ['Weather'] });
  await backend.put('calm', { publishedAt: '2026-06-01T13:00:00Z' });
  const failing = watchStore(backend.store, (command, input) => {
    if (command === 'BatchGetItem' && JSON.stringify(input).includes('tag/weather')) throw new Error('No');
  });
  const announcer = announcing(backend.through(failing));

  backend.time = '2026-06-01T13:00:00.000Z';
  const swept = await sweep(announcer);

  expect(swept).toEqual({ done: 1, failed: 1 });
  expect(await readDue(backend.store, '2027', 9)).toMatchObject([{ slug: 'storm' }]);
});
