import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';

export interface Ended {
  code: number | null;
  /** Lines that are not empty. */
  out: string[];
  err: string[];
}

/** The command line as a person types it. */
export async function newswire(...args: string[]): Promise<Ended> {
  const child = spawn(process.execPath, ['--import', 'tsx/esm', 'infra/tools/newswire.ts', ...args], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const [out, err, [code]] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'exit')]);
  return { code, out: lines(out), err: lines(err) };
}

function lines(printed: string): string[] {
  return printed.split('\n').filter((line) => line !== '');
}
