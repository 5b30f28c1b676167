import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test, vi } from 'vitest';
import { startEnvironment } from '../../infra/local/environment.ts';
import { Pool } from '../../infra/local/functions.ts';
import { assembly, gate, lambda, stageOf } from './assembly.ts';

const counting = 'let count = 0; exports.handler = async () => (count += 1);';

/** Answers its environment's thread, once the test lets it. */
const waiting = `
const { threadId } = require('node:worker_threads');
exports.handler = async ({ url }) => {
  await fetch(url);
  return threadId;
};`;

/** Where functions wait: `arrived` resolves when so many do, `release` lets all go, those to come too. */
async function waitingRoom(expected: number) {
  const [entrance, exit] = [gate(), gate()];
  let here = 0;
  const server = createServer(async (_, response) => {
    here += 1;
    if (here === expected) entrance.open();
    await exit.opened;
    response.end();
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => void server.close().closeAllConnections());
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}`, arrived: entrance.opened, release: exit.open, here: () => here };
}

/** Environments of one function, and how many of them have ended. */
function pool(code: string) {
  const folder = join(assembly({ Only: code }), 'asset.Only');
  const properties = { Handler: 'index.handler', Runtime: 'nodejs24.x', MemorySize: 256, Timeout: 60 };
  let ended = 0;
  const only = new Pool(() => {
    const environment = startEnvironment(
      { id: 'Only', properties, folder, endpoints: { dynamodb: '', s3: '' } },
      () => {},
    );
    const end = () => {
      ended += 1;
      return environment.end();
    };
    return { ...environment, end };
  });
  onTestFinished(() => only.recycle());
  return { only, folder, ended: () => ended };
}

test('an environment keeps its state from one invocation to the next', async () => {
  const stage = await stageOf({ Count: counting }, lambda('Count'));

  expect([await stage.call('Count', {}), await stage.call('Count', {})]).toEqual([1, 2]);
});

test('invocations at once have environments of their own, kept for later', async () => {
  const stage = await stageOf({ Wait: waiting }, lambda('Wait'));
  const room = await waitingRoom(2);

  const calls = [1, 2].map(() => stage.call('Wait', room));
  await room.arrived;
  room.release();

  const threads = await Promise.all(calls);
  expect(new Set(threads).size).toBe(2);
  expect(threads).toContain(await stage.call('Wait', room));
});

test('what is too much at once waits in line', async () => {
  const { only } = pool(waiting);
  const all = 20;
  const first = await waitingRoom(1);
  const calls = Array.from({ length: all }, () => only.invoke(first));
  await first.arrived;

  first.release();

  const threads = await Promise.all(calls);
  expect(first.here()).toBe(all);
  expect(new Set(threads).size).toBeLessThanOrEqual(Math.max(2, availableParallelism()));
});

test('a deployment lets invocations under way end and serves others from new environments', async () => {
  const { only, folder, ended } = pool(waiting);
  const room = await waitingRoom(1);
  const underWay = only.invoke(room);
  await room.arrived;

  writeFileSync(join(folder, 'index.js'), "exports.handler = async () => 'new';");
  await only.recycle();

  expect(await only.invoke({})).toBe('new');
  expect(ended()).toBe(0);
  room.release();
  expect(await underWay).toBeTypeOf('number');
  expect(ended()).toBe(1);
  expect(await only.invoke({})).toBe('new');
});

test.each([
  ['ends its process', 'process.exit(3)', 'The function ended its process with 3'],
  ['throws out of turn', "setTimeout(() => { throw new Error('late'); })", 'late'],
  ['never ends', '', 'Task timed out after 1.00 seconds'],
  ['blocks its thread', 'for (;;);', 'Task timed out after 1.00 seconds'],
])('a function that %s gets a new environment', async (_what, misdeed, message) => {
  const code = `let count = 0;
    exports.handler = async (event) => {
      count += 1;
      if (!event.bad) return count;
      ${misdeed};
      await new Promise(() => {});
    };`;
  // One that ends by itself must not be overtaken by the clock of a busy machine.
  const Timeout = message.includes('timed out') ? 1 : 60;
  const printed: string[] = [];
  const log = (line: string) => void printed.push(line);
  const stage = await stageOf({ Bad: code }, lambda('Bad', { Timeout }), { log });
  const count = () => vi.waitUntil(() => stage.call('Bad', {}).catch(() => undefined), { timeout: 60_000 });
  await count();

  await expect(stage.call('Bad', { bad: true })).rejects.toThrow(message);

  expect(await count()).toBe(1);
  expect(printed.join('\n')).toContain(message);
});

test('an environment that ends between two invocations harms none', async () => {
  const code = `let count = 0;
    exports.handler = async (event) => {
      if (event.bad) setTimeout(() => { throw new Error('late'); });
      return count += 1;
    };`;
  const ended = gate();
  const log = (line: string) => {
    if (line.includes('late')) ended.open();
  };
  const stage = await stageOf({ Bad: code }, lambda('Bad'), { log });

  expect(await stage.call('Bad', { bad: true })).toBe(1);
  await ended.opened;

  expect(await stage.call('Bad', {})).toBe(1);
});
