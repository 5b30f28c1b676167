import { execFile } from 'node:child_process';
import { appendFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { promisify } from 'node:util';

// Absolute: the programs that are started run in other folders.
export const folder = resolve('.rehearsal');
export const work = resolve(folder, 'run');
export const port = Number(process.env.REHEARSAL_PORT);
export const endpoint = `http://127.0.0.1:${port}`;
export const stack = 'Newswire-dev';

/** MiniStack takes these for its account. */
export const credentials = { accessKeyId: 'test', secretAccessKey: 'test' };
export const region = 'us-east-1';

interface Running {
  /** Where its output is added. */
  log: string;
  /** Ends it. */
  signal: AbortSignal;
  env?: NodeJS.ProcessEnv;
}

/** Runs a program. `code` is no number when it could not be started or was ended. */
export async function run(program: string, args: string[], { log, ...options }: Running) {
  const ended = promisify(execFile)(program, args, { ...options, maxBuffer: Number.POSITIVE_INFINITY });
  const { stdout, stderr, code = 0 } = await ended.catch((error) => error);
  const printed: string = stdout + stderr;
  appendFileSync(log, `$ ${program} ${args.join(' ')}\n${printed}\n`);
  return { code, printed };
}
