import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createWriteStream, existsSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { isAnswered } from '../../infra/local/lock.ts';
import { folder, port, region, run, work } from './run.ts';

const requirements = join(import.meta.dirname, 'requirements.txt');

const environment = join(folder, 'python');
const python = join(environment, 'bin/python');
const gateway = { port, host: '127.0.0.1' };
let emulator: ChildProcess;

/** As Lambda's own runtime has it: CDK empties a bucket with it. */
const sdk = '@aws-sdk/client-s3@3.1164.0';
const runtime = join(folder, 'runtime');

/** Installs MiniStack, and what its functions need, below the folder unless it is there. */
export async function installMiniStack(signal: AbortSignal): Promise<void> {
  const log = join(work, 'install.log');
  const isDone = async (program: string, ...args: string[]) =>
    (await run(program, args, { log, signal })).code === 0;
  const installed = join(environment, 'installed.txt');
  const wanted = `${readFileSync(requirements, 'utf8')}${sdk}\n`;
  if (existsSync(installed) && readFileSync(installed, 'utf8') === wanted) return;
  if (!(await isDone('python3', '-c', 'import sys; sys.exit(sys.version_info < (3, 10))')))
    throw new Error('The rehearsal needs Python 3.10 or later as python3: install it');
  if (!(await isDone('python3', '-m', 'venv', '--clear', environment)))
    throw new Error(
      `python3 cannot make a virtual environment (see ${log}): install its venv module (Debian: apt-get install python3-venv)`,
    );
  const pip = ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check'];
  if (!(await isDone(python, ...pip, '--requirement', requirements)))
    throw new Error(
      `MiniStack could not be installed from PyPI (see ${log}): it takes a network, the first time`,
    );
  if (!(await isDone('npm', 'install', '--prefix', runtime, '--no-audit', '--no-fund', sdk)))
    throw new Error(`${sdk} could not be installed from npm (see ${log})`);
  writeFileSync(installed, wanted);
}

export async function requireFreePort(): Promise<void> {
  if (await isAnswered(gateway))
    throw new Error(`Port ${port} is in use: stop what listens there, or say --port with another one`);
}

/** Listens on this machine only, and ends with the tests. */
export async function startMiniStack(signal: AbortSignal): Promise<void> {
  const temporary = join(work, 'ministack');
  const log = join(work, 'ministack.log');
  mkdirSync(temporary, { recursive: true });
  // Its functions are unpacked there: below our package.json Node would take them for ES modules.
  writeFileSync(join(temporary, 'package.json'), '{"type": "commonjs"}');
  symlinkSync(join(runtime, 'node_modules'), join(temporary, 'node_modules'));
  const { PATH, HOME } = process.env;
  const child = spawn(python, [join(import.meta.dirname, 'start_ministack.py')], {
    env: {
      PATH,
      HOME,
      TMPDIR: temporary,
      BIND_HOST: '127.0.0.1',
      GATEWAY_PORT: String(port),
      MINISTACK_REGION: region,
      AWS_DEFAULT_REGION: region,
      // Or its functions warn of this machine's Node at every start.
      AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true',
    },
    stdio: ['pipe', 'pipe', 'pipe'],
    // A process group of its own, which it ends itself.
    detached: true,
  });
  emulator = child;
  const output = createWriteStream(log);
  child.stdout.pipe(output, { end: false });
  child.stderr.pipe(output, { end: false });
  while (!(await isAnswered(gateway))) {
    if (child.exitCode !== null) throw new Error(`MiniStack does not start: ${log} says why`);
    await delay(100, undefined, { signal });
  }
}

/** After a failed step the end of the tests does the same: it ends when its standard input does. */
export async function stopMiniStack(): Promise<void> {
  const ended = once(emulator, 'exit');
  emulator.stdin?.end();
  await ended;
}
