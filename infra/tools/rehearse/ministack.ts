import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createWriteStream, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createConnection } from 'node:net';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { CommandError } from '../command.ts';
import { run } from './run.ts';

export interface MiniStack {
  endpoint: string;
  close(): Promise<void>;
}

/** MiniStack takes these for its account. */
export const credentials = { accessKeyId: 'test', secretAccessKey: 'test' };
export const region = 'us-east-1';

const requirements = join(import.meta.dirname, 'requirements.txt');
const startMilliseconds = 60_000;

/** Installs MiniStack below the folder unless it is there. Returns the path of its Python. Throws CommandError. */
export async function installMiniStack(folder: string, log: string): Promise<string> {
  const environment = join(folder, 'python');
  const python = join(environment, 'bin/python');
  const installed = join(environment, 'installed.txt');
  const wanted = readFileSync(requirements, 'utf8');
  if (existsSync(installed) && readFileSync(installed, 'utf8') === wanted) return python;
  const version = ['-c', 'import sys; sys.exit(sys.version_info < (3, 10))'];
  if ((await run('python3', version, { log })).code !== 0)
    throw new CommandError('The rehearsal needs Python 3.10 or later as python3: install it');
  const made = await run('python3', ['-m', 'venv', '--clear', environment], { log });
  if (made.code !== 0)
    throw new CommandError(
      `python3 cannot make a virtual environment (see ${log}): install its venv module (Debian: apt-get install python3-venv)`,
    );
  const pip = [
    '-m',
    'pip',
    'install',
    '--quiet',
    '--disable-pip-version-check',
    '--requirement',
    requirements,
  ];
  if ((await run(python, pip, { log })).code !== 0)
    throw new CommandError(
      `MiniStack could not be installed from PyPI (see ${log}): it takes a network, the first time`,
    );
  writeFileSync(installed, wanted);
  return python;
}

/** Throws CommandError unless the port is free. */
export async function requireFreePort(port: number): Promise<void> {
  if (await isOpen(port))
    throw new CommandError(`Port ${port} is in use: stop what listens there, or say --port with another one`);
}

/** Listens on this machine only, and ends with this process. Throws CommandError. */
export async function startMiniStack(python: string, port: number, folder: string): Promise<MiniStack> {
  const temporary = join(folder, 'ministack');
  const log = join(folder, 'ministack.log');
  mkdirSync(temporary, { recursive: true });
  // Its functions are unpacked there: below our package.json Node would take them for ES modules.
  writeFileSync(join(temporary, 'package.json'), '{"type": "commonjs"}');
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
  const output = createWriteStream(log);
  child.stdout.pipe(output, { end: false });
  child.stderr.pipe(output, { end: false });
  const ended = once(child, 'exit');
  const deadline = performance.now() + startMilliseconds;
  while (!(await isOpen(port))) {
    if (child.exitCode !== null || performance.now() > deadline)
      throw new CommandError(`MiniStack does not start: ${log} says why`);
    await delay(100);
  }
  return {
    endpoint: `http://127.0.0.1:${port}`,
    async close() {
      child.stdin.end();
      await ended;
    },
  };
}

async function isOpen(port: number): Promise<boolean> {
  const socket = createConnection(port, '127.0.0.1');
  try {
    await once(socket, 'connect');
    return true;
  } catch {
    return false;
  } finally {
    socket.destroy();
  }
}
