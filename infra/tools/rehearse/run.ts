import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { appendFileSync } from 'node:fs';
import { text } from 'node:stream/consumers';

export interface Finished {
  code: number;
  /** Both outputs. */
  printed: string;
}

/** A step of a deployment takes seconds; the emulator can wait for ever for one that failed. */
const patienceMilliseconds = 3 * 60_000;

/** Runs a program to its end, its output kept in the log file; a program that is not there ends with 127. */
export async function run(
  program: string,
  args: string[],
  { log, env = process.env }: { log: string; env?: NodeJS.ProcessEnv },
): Promise<Finished> {
  const child = spawn(program, args, {
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
    // Its own `timeout` would go on for a program that is not there, and keep this process.
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
