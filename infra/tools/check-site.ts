import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { connectionError } from './api/connection-errors.ts';
import { send } from './api/http.ts';
import { RetryingClient } from './api/retrying-client.ts';
import type { SiteAccess } from './api/site-client.ts';
import { CommandError } from './command.ts';

/** What the checks in test/smoke are told, as JSON in SMOKE_RUN. */
export interface SmokeRun {
  /** Without credentials, the checks look for AWS's own. */
  site: Omit<SiteAccess, 'credentials'> & Partial<Pick<SiteAccess, 'credentials'>>;
  /** Of the one article that they publish. */
  slug: string;
  /** Seconds that a write may take to reach readers. */
  patience: number;
  /** Leaves out what an emulator of AWS cannot do. */
  isEmulated: boolean;
}

export interface SmokeResults {
  passed: number;
  failed: number;
  isInterrupted: boolean;
}

const root = join(import.meta.dirname, '../..');
const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/**
 * Runs the checks of test/smoke against a site, printed as they are made; `keep` may copy the file of results. The article
 * that they publish is removed whatever happens to them, a second Ctrl-C included. Throws CommandError when nothing answers
 * or the article stays.
 */
export async function checkSite(
  site: SiteAccess,
  { patience = 10, isEmulated = false }: Partial<SmokeRun> = {},
  keep: (results: string) => Promise<void> = async () => {},
): Promise<SmokeResults> {
  await send(`${site.baseUrl}/`).catch((cause) => {
    throw connectionError(site.baseUrl, cause, 'BASE_URL');
  });
  const folder = await mkdtemp(join(tmpdir(), 'newswire-smoke-'));
  const results = join(folder, 'results.json');
  const slug = `smoke-${Date.now().toString(36)}`;
  const { credentials, ...addresses } = site;
  const run: SmokeRun = {
    site: typeof credentials === 'function' ? addresses : site,
    slug,
    patience,
    isEmulated,
  };
  const child = spawnVitest(run, results);
  let isInterrupted = false;
  // They end themselves after the running check: its request may be one that publishes.
  const stop = () => {
    isInterrupted = true;
    if (child.connected) child.disconnect();
  };
  for (const signal of signals) process.on(signal, stop);
  try {
    await once(child, 'exit');
    return { ...(await countsOf(results, keep)), isInterrupted };
  } finally {
    await remove(site, slug);
    for (const signal of signals) process.off(signal, stop);
    await rm(folder, { recursive: true, force: true });
  }
}

function spawnVitest(run: SmokeRun, results: string) {
  const vitest = join(dirname(createRequire(import.meta.url).resolve('vitest/package.json')), 'vitest.mjs');
  const args = ['run', '--root', root, '--config', 'test/smoke/vitest.config.ts', `--outputFile=${results}`];
  return spawn(process.execPath, [vitest, ...args], {
    cwd: root,
    env: { ...process.env, SMOKE_RUN: JSON.stringify(run) },
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    // A process group of its own, which Ctrl-C does not reach.
    detached: true,
  });
}

/** A run that ended before it could write its results has failed. */
async function countsOf(file: string, keep: (results: string) => Promise<void>) {
  const written = await readFile(file, 'utf8').catch(() => undefined);
  if (written === undefined) return { passed: 0, failed: 1 };
  await keep(file);
  const { numPassedTests: passed, numFailedTests, success } = JSON.parse(written);
  return { passed, failed: success ? numFailedTests : Math.max(1, numFailedTests) };
}

async function remove(site: SiteAccess, slug: string): Promise<void> {
  const { status } = await new RetryingClient(site).send('DELETE', `/articles/${slug}`);
  if (status !== 204 && status !== 404)
    throw new CommandError(`/news/${slug} is still published (${status}): run newswire unpublish ${slug}`);
}
