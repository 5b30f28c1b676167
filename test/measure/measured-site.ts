import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type DynamoDbLocal, startDynamoDbLocal } from '../../infra/local/dynamodb-local.ts';
import { type Stage, startStage } from '../../infra/local/stage.ts';
import { synthesise } from '../../infra/synthesise.ts';
import { CommandError } from '../../infra/tools/command.ts';

/** What whoever started an instrument can put right. By name: they are thrown from many rooms. */
const explained = ['CommandError', 'StartError', 'InvalidSiteError'];

/** Runs one instrument on the content folder that CONTENT_DIR names; sets the exit code. */
export async function runInstrument(work: (contentDir: string) => Promise<void>): Promise<void> {
  process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED = 'true';
  try {
    await work(process.env.CONTENT_DIR || 'content');
  } catch (error) {
    if (!(error instanceof Error && explained.includes(error.name))) throw error;
    console.error(error.message);
    process.exitCode = 1;
  }
}

const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/**
 * Runs the site of a content folder on a database in memory, or in `dataDir`; `reach` may put something before the database. A signal ends
 * `use`, which is told, and throws CommandError once all is put away; a second one ends the process at once.
 */
export async function withSite<Result>(
  contentDir: string,
  use: (stage: Stage, interrupted: AbortSignal) => Promise<Result>,
  reach: (endpoint: string) => Promise<string> = async (endpoint) => endpoint,
  dataDir?: string,
): Promise<Result> {
  const ending = new AbortController();
  const interrupt = () => ending.abort(new CommandError('Interrupted'));
  for (const signal of signals) process.once(signal, interrupt);
  const assemblyDir = await mkdtemp(join(tmpdir(), 'newswire-measured-'));
  let database: DynamoDbLocal | undefined;
  try {
    database = await startDynamoDbLocal(dataDir);
    await synthesise({ contentDir, outdir: assemblyDir, validate: false });
    const endpoint = await reach(database.endpoint);
    const stage = await startStage({
      ...{ assemblyDir, endpoint, tablePrefix: 'measured-', notesDir: dataDir },
      log: () => {},
    });
    return await untilAborted(use(stage, ending.signal), ending.signal).finally(() => stage.close());
  } catch (error) {
    // Whatever failed because of it.
    ending.signal.throwIfAborted();
    throw error;
  } finally {
    await database?.close();
    await rm(assemblyDir, { recursive: true, force: true });
    for (const signal of signals) process.off(signal, interrupt);
  }
}

async function untilAborted<Result>(work: Promise<Result>, signal: AbortSignal): Promise<Result> {
  const aborted = signal.aborted ? Promise.resolve() : once(signal, 'abort');
  return Promise.race([work, aborted.then(() => Promise.reject(signal.reason))]);
}
