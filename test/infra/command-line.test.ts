import { execFileSync } from 'node:child_process';
import { symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test, vi } from 'vitest';
import { listen } from '../../infra/local/server.ts';
import { newswireIn } from '../support/newswire.ts';
import { temporaryFolder } from './content-folder.ts';

// A process each.
vi.setConfig({ testTimeout: 60_000 });

/** Where none of the programs is that a command may need, but for the shell. */
const nothingOnPath = { PATH: temporaryFolder() };
for (const command of ['sh', 'cat', 'rm'])
  symlinkSync(
    execFileSync('which', [command], { encoding: 'utf8' }).trim(),
    join(nothingOnPath.PATH, command),
  );

/** A port that was free a moment ago. */
async function freePort(): Promise<string> {
  const { server, url } = await listen(0, () => {});
  await new Promise((closed) => server.close(closed));
  return new URL(url).port;
}

test('rehearse ends at once, with one failure, where there is no Python', async () => {
  const place = { cwd: temporaryFolder(), env: nothingOnPath };

  const ended = await newswireIn(place, 'rehearse', '--port', await freePort());

  expect(ended.code).toBe(1);
  expect(ended.out[0]).toMatch(/^FAIL {2}MiniStack is installed: The rehearsal needs Python 3\.10 or later/);
  expect(ended.out.at(-1)).toMatch(/^0 passed, 1 failed /);
});

test.each([
  ['bench', 'x', "Unexpected argument 'x'"],
  ['bench', '--bogus', "Unknown option '--bogus'"],
  ['cost', 'x', "Unexpected argument 'x'"],
  ['lighthouse', 'x', "Unexpected argument 'x'"],
])('%s %s is refused', async (command, argument, reason) => {
  expect(await newswireIn({ env: nothingOnPath }, command, argument)).toEqual({
    code: 1,
    out: [],
    err: [reason, `Usage: npm run newswire -- ${command}`],
  });
});

test('cost says in one line that it needs Java', async () => {
  const ended = await newswireIn({ env: nothingOnPath }, 'cost');

  expect(ended).toEqual({
    code: 1,
    out: [],
    err: [expect.stringMatching(/^DynamoDB Local needs Java 17 or newer: install it/)],
  });
});

test('a measurement of content that is not there says so in one line', async () => {
  expect(await newswireIn({ env: { CONTENT_DIR: 'nowhere' } }, 'bench')).toEqual({
    code: 1,
    out: [],
    err: ['nowhere is not there: name the folder that holds site.yaml'],
  });
});
