import { execFileSync } from 'node:child_process';
import { readFileSync, symlinkSync } from 'node:fs';
import { basename, join } from 'node:path';
import { expect, test } from 'vitest';
import { listen } from '../../infra/local/server.ts';
import { commands } from '../../infra/tools/commands.ts';
import { runCommand } from '../../infra/tools/run-command.ts';
import { runNode } from '../local/process.ts';
import { newswireIn } from '../support/newswire.ts';
import { recordingTerminal } from '../support/terminal.ts';
import { temporaryFolder } from './content-folder.ts';

async function run(...args: string[]) {
  const { terminal, out, err } = recordingTerminal({});
  return { code: await runCommand(args, terminal), out, err };
}

/** A PATH without any program that a command may need, except the shell. */
const nothingOnPath = { PATH: temporaryFolder() };
for (const command of ['sh', 'cat', 'rm'])
  symlinkSync(
    execFileSync('sh', ['-c', `command -v ${command}`], { encoding: 'utf8' }).trim(),
    join(nothingOnPath.PATH, command),
  );

/** A port that was free a moment ago. */
async function freePort(): Promise<string> {
  const { server, url } = await listen(0, () => {});
  await new Promise((closed) => server.close(closed));
  return new URL(url).port;
}

test('--help lists every command', async () => {
  const { code, out } = await run('--help');

  expect(code).toBe(0);
  expect(out.slice(2).map((line) => line.split(' ')[2])).toEqual(Object.keys(commands));
});

test('starts without loading any command: some take seconds to load', () => {
  const loaded = new Set([join(import.meta.dirname, '../../infra/tools/newswire.ts')]);
  for (const file of loaded)
    for (const [, named = ''] of readFileSync(file, 'utf8').matchAll(/^import (?!type ).* from '(\..*)';$/gm))
      loaded.add(join(file, '..', named));

  expect([...loaded].map((file) => basename(file))).toEqual(['newswire.ts', 'run-command.ts', 'commands.ts']);
});

test.each(Object.entries(commands))('%s --help says how it is called', async (name, { usage, summary }) => {
  const { code, out } = await run(name, '--help');

  expect(code).toBe(0);
  expect(out.slice(0, 3)).toEqual([`Usage: npm run newswire -- ${name} ${usage}`.trim(), '', summary]);
});

test('without a command it lists them, and ends with 2', async () => {
  const { code, out } = await run();

  expect(code).toBe(2);
  expect(out[0]).toBe('Usage: npm run newswire -- <command>');
});

test.each([
  ['pubish', 'There is no command pubish: did you mean publish?'],
  ['stat', 'There is no command stat: did you mean stats?'],
  ['constructor', 'There is no command constructor'],
])('%s is refused, with the command that may be meant', async (typed, reason) => {
  expect(await run(typed)).toEqual({
    code: 2,
    out: [],
    err: [`${reason}; npm run newswire -- --help lists them`],
  });
});

test.each([
  [['check', '--bogus'], "Unknown option '--bogus'"],
  [['smoke', 'x'], "Unexpected argument 'x'"],
  [['list', '--to'], "Option '--to <value>' argument missing"],
])('%j is refused with the usage, and ends with 2', async ([name = '', ...args], reason) => {
  const usage = `Usage: npm run newswire -- ${name} ${commands[name]?.usage}`.trim();

  expect(await run(name, ...args)).toEqual({ code: 2, out: [], err: [reason, usage] });
});

test.each([
  [['publish'], 'Name the files, or a folder of them'],
  [['unpublish'], 'Name the articles by their slugs'],
  [['list', '--status', 'new'], '--status new is none of published, scheduled, draft, gone'],
  [['stats', '--days', '32'], '--days 32 is not a number from 1 to 31'],
  [['rehearse', '--port', '0'], '--port 0 is no port'],
  [['publish', 'content', '--to', 'ftp://example.com'], 'ftp://example.com is no http or https address'],
])('%j is refused, and ends with 2', async (args, reason) => {
  expect(await run(...args)).toEqual({ code: 2, out: [], err: [reason] });
});

test('content that is not there is told in one line, and ends with 1', async () => {
  expect(await run('check', 'nowhere')).toEqual({
    code: 1,
    out: [],
    err: ['nowhere is not there: name the folder that holds site.yaml'],
  });
});

test('rehearse ends with its first failed step, where there is no Python', async () => {
  const place = { cwd: temporaryFolder(), env: { ...nothingOnPath, NO_COLOR: '1' } };

  const ended = await newswireIn(place, 'rehearse', '--port', await freePort());

  expect(ended.code).toBe(1);
  expect(ended.err.join('\n')).toContain(
    'Error: The rehearsal needs Python 3.10 or later as python3: install it',
  );
  expect(ended.out.join('\n')).toMatch(/Tests {2}1 failed \(\d+\)\n/);
});

test.each([
  ['without Java', nothingOnPath, /^DynamoDB Local needs Java 17 or newer: install it/],
  [
    'without content',
    { CONTENT_DIR: 'nowhere' },
    /^nowhere is not there: name the folder that holds site\.yaml\n$/,
  ],
])('an instrument says %s in one line why it cannot measure', async (_what, env, reason) => {
  // Before its browser is started.
  const anyProgram = { CHROMIUM: process.execPath };
  const { ended } = runNode(['test/measure/screenshots.ts', '--out', temporaryFolder()], {
    ...anyProgram,
    ...env,
  });

  expect(await ended).toMatchObject({ code: 1, err: expect.stringMatching(reason) });
});
