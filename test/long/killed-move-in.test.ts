import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { temporaryFolder } from '../infra/content-folder.ts';
import { newswireIn } from '../support/newswire.ts';
import { randomNumbers } from '../support/random-numbers.ts';
import { describeStore } from '../support/scan.ts';
import { closeSound, type Site, startSite } from '../support/site.ts';
import { wordPressFolder } from '../support/wordpress-folder.ts';

const seed = Number(process.env.SEED ?? 20261128);
const posts = 80;
const kills = 5;

test(`an import that is killed ${kills} times ends as one that is not disturbed`, async () => {
  console.log(`Seed ${seed}`);
  const random = randomNumbers(seed);
  const { file, pictures } = wordPressFolder(posts);
  const [undisturbed, killed] = [await startSite(), await startSite()];
  const env = () => ({ DATA_DIR: temporaryFolder() });
  const args = (to: string) => ['import', file, '--pictures', pictures, '--to', to];

  const whole = await newswireIn({ env: env() }, ...args(undisturbed.url));
  const proxy = await killingProxy(killed);
  const machine = env();
  for (let round = 0; round < kills; round++) {
    // Each round comes further than what the ones before it have stored.
    const signal = await proxy.killAt(10 + Math.floor(random() * 30), random() < 0.5, () =>
      spawn(process.execPath, ['--import', 'tsx', 'infra/tools/newswire.ts', ...args(proxy.url)], {
        env: { ...process.env, ...machine },
        stdio: 'ignore',
      }),
    );
    expect(signal).toBe('SIGKILL');
  }
  const completed = await newswireIn({ env: machine }, ...args(proxy.url));
  const again = await newswireIn({ env: machine }, ...args(proxy.url));

  expect(completed.out.slice(2, 4)).toEqual(whole.out.slice(2, 4));
  expect(whole).toMatchObject({ code: 0, err: [] });
  expect(completed).toMatchObject({ code: 0, err: [] });
  expect(again.out[1]).toMatch(/^\d+ articles: \d+ unchanged$/);
  expect(await rowsOf(killed)).toEqual(await rowsOf(undisturbed));
  for (const site of [undisturbed, killed]) await closeSound(site);
});

/** Passes requests on to the site, and kills who sends them at one of them: before the site gets it, or before its answer arrives. */
async function killingProxy(site: Site) {
  let left = Number.POSITIVE_INFINITY;
  let isBefore = false;
  let child: ChildProcess | undefined;
  const server = createServer((asked, answer) => {
    left -= 1;
    const isLast = left === 0;
    if (isLast && isBefore) {
      child?.kill('SIGKILL');
      return;
    }
    const { method, url, headers } = asked;
    const passed = request(site.url + url, { method, headers }, (given) => {
      if (isLast) child?.kill('SIGKILL');
      answer.writeHead(given.statusCode ?? 0, given.headers);
      given.pipe(answer);
    });
    asked.pipe(passed).on('error', () => answer.destroy());
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => void server.close());
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    /** Returns the signal that ended the process. */
    async killAt(requests: number, before: boolean, start: () => ChildProcess): Promise<string | null> {
      [left, isBefore] = [requests, before];
      child = start();
      const [, signal] = await once(child, 'exit');
      left = Number.POSITIVE_INFINITY;
      return signal;
    },
  };
}

/** Without the moments at which they were stored. */
async function rowsOf({ store }: Site): Promise<string[]> {
  const year = new Date().getUTCFullYear();
  const moment = new RegExp(`${year}-\\d\\d-\\d\\d[T\\d:.]*Z?|"ttl":\\d+`, 'g');
  // The state of the import of content/ names its run.
  const rows = (await describeStore(store)).filter((row) => !row.startsWith('IMPORT STATE'));
  return rows.map((row) => row.replace(moment, 'then')).sort();
}
