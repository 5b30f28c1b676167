import { expect } from 'vitest';
import type { Store } from '../../functions/store/connection.ts';
import type { TestBackend } from '../support/backend.ts';
import { test } from '../support/backend-test.ts';
import { contentFile } from '../support/content-file.ts';
import { restoreStore } from '../support/corrupt.ts';
import { noise } from '../support/noise.ts';
import { scanStore } from '../support/scan.ts';
import { connectLocal } from '../support/tables.ts';

class KilledError extends Error {}

/** After a removal its counter is told that it may go: until then nobody reads it, and a removal that is repeated tells it. */
const passing: Record<string, string> = {
  removing: 'The counter of a deleted article does not expire whole',
  // Nobody reads a text of several parts while it is erased, and the repetition erases the rest.
  erasing: 'The version ',
};

const fields = { tags: ['Weather', 'Sea'], category: 'World', source: { name: 'Harbour' }, guid: 'item-1' };
const files = {
  calm: contentFile('Calm again', 'tags: [Sea]', 'views: 930'),
  fog: contentFile('Fog', 'tags: [Weather]', 'aliases: [mist]'),
  rain: contentFile('Rain'),
};

/** What stands before, and the work that is killed. */
const works: Record<string, [before: (backend: TestBackend) => Promise<unknown>, work: typeof publish]> = {
  publishing: [async () => {}, publish],
  editing: [publish, (backend) => backend.put('storm', { ...fields, tags: ['Sea', 'Coast'], text: 'More.' })],
  renaming: [publish, (backend) => backend.put('gale', { ...fields, aliases: ['storm'] })],
  'taking back to a draft': [publish, (backend) => backend.put('storm', { ...fields, draft: true })],
  removing: [publish, (backend) => backend.remove('storm')],
  'publishing anew': [
    async (backend) => {
      await publish(backend);
      await backend.remove('storm');
    },
    publish,
  ],
  erasing: [
    async (backend) => {
      // In few streams, of which each takes ten calls.
      await backend.put('storm', { tags: ['Sea'], text: noise(480_000) });
      await backend.put('storm', { tags: ['Sea'] });
      await backend.remove('storm');
    },
    (backend) => backend.erase('storm'),
  ],
  importing: [
    // One file is changed, one renamed, one new, and one is removed.
    (backend) =>
      backend.import({ calm: contentFile('Calm'), mist: contentFile('Mist'), dew: contentFile('Dew') }),
    async (backend) => {
      const { failure } = await backend.import(files, { allowMassRemoval: true });
      if (failure !== undefined) throw failure;
    },
  ],
};

function publish(backend: TestBackend): Promise<unknown> {
  return backend.put('storm', { ...fields, views: 930 });
}

/** The same tables through a client that dies at its k-th call: before that reaches DynamoDB, or once it is done. */
function killedAt(store: Store, k: number, when: 'before' | 'after'): { store: Store; calls: () => number } {
  let calls = 0;
  const client = connectLocal();
  client.middlewareStack.add(
    (next) => async (args) => {
      calls += 1;
      if (calls > k || (calls === k && when === 'before')) throw new KilledError();
      const answer = await next(args);
      if (calls >= k) throw new KilledError();
      return answer;
    },
    { step: 'initialize' },
  );
  return { store: { ...store, client }, calls: () => calls };
}

/** Does the work, dying at its k-th call; whether it died. */
async function isKilled(backend: TestBackend, work: typeof publish, ...at: [number, 'before' | 'after']) {
  const killed = killedAt(backend.store, ...at);
  const died = await work(backend.through(killed.store)).then(
    () => false,
    (error) => {
      if (error instanceof KilledError) return true;
      throw error;
    },
  );
  killed.store.client.destroy();
  return died;
}

test.for(
  Object.keys(works).flatMap((name) => (['before', 'after'] as const).map((when) => [name, when] as const)),
)(
  '%s is whole or not begun when it is killed at any call, %s that is done, and completes when repeated',
  async ([name, when], { backend }) => {
    const [before, work] = works[name] as (typeof works)[string];
    await before(backend);
    const begun = await scanStore(backend.store);
    await work(backend);
    const wanted = await scanStore(backend.store);
    let kills = 0;

    for (let k = 1, died = true; died; k++) {
      await restoreStore(backend.store, begun);
      died = await isKilled(backend, work, k, when);
      const found = (await backend.check()).filter(
        (finding) => !finding.startsWith(passing[name] ?? 'nothing'),
      );
      await work(backend);
      const completed = await scanStore(backend.store);

      expect([k, found, await backend.check()]).toEqual([k, [], []]);
      expect(completed).toEqual(wanted);
      if (died) kills = k;
    }

    expect(kills).toBeGreaterThan(1);
  },
);
