import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { onTestFinished } from 'vitest';

export interface Running {
  process: ChildProcess;
  /** Resolves with all output so far once it matches. */
  printed(pattern: RegExp): Promise<string>;
  ended: Promise<{ code: number | null; out: string; err: string }>;
}

/** Node with TypeScript, killed with the test if it still runs. */
export function runNode(args: string[], environment: Record<string, string> = {}): Running {
  const child = spawn(process.execPath, ['--import', 'tsx/esm', ...args], {
    env: { ...process.env, ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
    // A group of its own, as a terminal gives to what it runs.
    detached: true,
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  const output = [text(child.stdout), text(child.stderr), once(child, 'exit')] as const;
  return {
    process: child,
    printed: (pattern) => printedBy(child, pattern),
    ended: Promise.all(output).then(([out, err, [code]]) => ({ code, out, err })),
  };
}

function printedBy({ stdout }: ChildProcess, pattern: RegExp): Promise<string> {
  let all = '';
  return new Promise((resolve, reject) => {
    stdout?.on('data', (chunk) => {
      all += chunk;
      if (pattern.test(all)) resolve(all);
    });
    stdout?.on('end', () => reject(new Error(`It ended without printing ${pattern}: ${all}`)));
  });
}
