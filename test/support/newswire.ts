import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { runCommand } from '../../infra/tools/run-command.ts';

export interface Ended {
  code: number | null;
  /** Lines that are not empty. */
  out: string[];
  err: string[];
}

const tsx = createRequire(import.meta.url).resolve('tsx/esm');
const program = join(import.meta.dirname, '../../infra/tools/newswire.ts');

/** Runs a command in this process, its output going to a pipe. */
export function newswire(...args: string[]): Promise<Ended> {
  return newswireTyping('', ...args);
}

/** The same with a line that is typed when the command asks. */
export async function newswireTyping(typed: string, ...args: string[]): Promise<Ended> {
  const [out, err]: [string[], string[]] = [[], []];
  const code = await runCommand(args, {
    env: process.env,
    print: (line) => out.push(line),
    printError: (line) => err.push(line),
    ask: async (question) => {
      err.push(question);
      return typed;
    },
    columns: Number.POSITIVE_INFINITY,
    progress: { isTTY: false, write: () => {} },
    unread: new AbortController().signal,
  });
  return { code, out: lines(out.join('\n')), err: lines(err.join('\n')) };
}

/** Runs a command as a person types it, in another folder or with more in its environment. */
export async function newswireIn(
  { cwd, env }: { cwd?: string; env?: Record<string, string> },
  ...args: string[]
): Promise<Ended> {
  const child = spawn(process.execPath, ['--import', tsx, program, ...args], {
    cwd,
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const [out, err, [code]] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'exit')]);
  return { code, out: lines(out), err: lines(err) };
}

function lines(printed: string): string[] {
  return printed.split('\n').filter((line) => line !== '');
}
