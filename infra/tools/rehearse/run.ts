import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { appendFileSync } from 'node:fs';
import { text } from 'node:stream/consumers';

export interface Finished {
  code: number;
  /** Standard output, then standard error. */
  printed: string;
}

/** A deployment takes seconds; but the emulator may wait for ever for one that failed. */
const patienceMilliseconds = 3 * 60_000;

/** Runs a program and adds its output to the log file. A program that is not there ends with 127. */
export async function run(
  program: string,
  args: string[],
  { log, env = process.env }: { log: string; env?: NodeJS.ProcessEnv },
): Promise<Finished> {
  const child = spawn(program, args, {
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
    // The option `timeout` would keep this process alive even if the program cannot be started.
    signal: AbortSignal.timeout(patienceMilliseconds),
  });
  const ended = once(child, 'exit').then(
    ([code]) => code ?? 1,
    (error: NodeJS.ErrnoException) => (error.code === 'ENOENT' ? 127 : 1),
  );
  const [out, err, code] = await Promise.all([text(child.stdout), text(child.stderr), ended]);
  const printed = out + err;
  appendFileSync(log, `$ ${program} ${args.join(' ')}\n${printed}\n`);
  return { code, printed };
}
