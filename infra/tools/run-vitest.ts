import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createRequire } from 'node:module';
import { dirname, join, resolve } from 'node:path';

export interface VitestRun {
  /** From the root of the repository. */
  config: string;
  env: Record<string, string>;
  /** Also writes the results into this file, in vitest's JSON. */
  results?: string | undefined;
  /** Is done whatever happens to the tests, a second Ctrl-C included. */
  cleanUp?: () => Promise<void>;
}

const root = join(import.meta.dirname, '../..');
const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** Runs tests, printed as they end. Ctrl-C ends them: what the running test does is completed, or ended by its signal. */
export async function runVitest({ config, env, results, cleanUp }: VitestRun) {
  const vitest = join(dirname(createRequire(import.meta.url).resolve('vitest/package.json')), 'vitest.mjs');
  const json = results === undefined ? [] : ['--reporter=json', `--outputFile=${resolve(results)}`];
  const args = ['run', '--root', root, '--config', config, '--reporter=verbose', ...json];
  const child = spawn(process.execPath, [vitest, ...args], {
    env: { ...process.env, ...env },
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    // A process group of its own, which Ctrl-C does not reach.
    detached: true,
  });
  let isInterrupted = false;
  const stop = () => {
    isInterrupted = true;
    if (child.connected) child.disconnect();
  };
  for (const signal of signals) process.on(signal, stop);
  try {
    const [code] = await once(child, 'exit');
    return { hasPassed: code === 0 && !isInterrupted, isInterrupted };
  } finally {
    await cleanUp?.();
    for (const signal of signals) process.off(signal, stop);
  }
}
