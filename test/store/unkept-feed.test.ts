import { expect } from 'vitest';
import { test } from '../support/backend-test.ts';
import { openReading } from '../support/reading.ts';
import { connectLocal } from '../support/tables.ts';

test.for(['/rss.xml', '/atom.xml', '/feed.json'])(
  'serves %s to readers while no row can be written',
  async (path, { backend }) => {
    await backend.put('storm');
    const client = connectLocal();
    client.middlewareStack.add(
      (next, { commandName = '' }) =>
        async (args) => {
          if (/Put|Update|Delete|Write/.test(commandName)) throw new Error('Not authorised to write');
          return next(args);
        },
      { step: 'initialize' },
    );
    const ask = await openReading(backend.through({ ...backend.store, client }));

    const answer = await ask(path);

    expect([answer.status, (await answer.text()).includes('About storm')]).toEqual([200, true]);
    client.destroy();
  },
);
