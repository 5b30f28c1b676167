import { randomUUID } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import type { Context } from 'aws-lambda';
import { contentPath } from './runtime/content.ts';
import { setting } from './runtime/environment.ts';
import { count, logger, logInvocation } from './runtime/log.ts';
import { limitCalls } from './store/connection.ts';
import type { ImportSummary } from './store/import-state.ts';
import { openWriteBackend } from './write/backend.ts';
import { emptyReport } from './write/import-articles.ts';
import { AuthorityChangedError, addUp, runImport } from './write/import-run.ts';
import { showReplaced } from './write/show-replaced.ts';

/** Of an invocation: enough to end a step that has been begun, with all its repetitions, and to keep how far the import is. */
const reserveMilliseconds = 60_000;

/**
 * Runs with each deployment, and every minute to go on with what a run had no time for. Files that are not imported are reported and
 * logged; neither the others nor the deployment fail. Throws AuthorityChangedError, which undoes the deployment.
 */
export async function handler(
  event?: { source?: string },
  context?: Context,
): Promise<ImportSummary | undefined> {
  logInvocation(context);
  limitCalls(context);
  const { env } = process;
  const backend = openWriteBackend();
  const goesOn = event?.source === 'aws.events';
  const seconds = env[setting.importSeconds];
  const remaining = context?.getRemainingTimeInMillis() ?? Number.POSITIVE_INFINITY;
  await showReplaced(
    backend,
    () => (context?.getRemainingTimeInMillis() ?? Number.POSITIVE_INFINITY) > reserveMilliseconds,
  ).then(
    (shown) => shown.length > 0 && logger.info('Articles show a picture that was replaced', { shown }),
    (error) => logger.error('Not every article shows a picture that was replaced', { error }),
  );
  const ran = await runImport(backend, {
    id: randomUUID(),
    goesOn,
    readFiles,
    allowMassRemoval: env[setting.allowMassRemoval] === 'yes',
    takeFiles: env[setting.takeFiles] === 'yes',
    allowNewAuthority: env[setting.allowNewAuthority] === 'yes',
    milliseconds: seconds ? Number(seconds) * 1000 : remaining - reserveMilliseconds,
  }).catch((failure) => {
    if (goesOn || failure instanceof AuthorityChangedError) throw failure;
    const report = { ...emptyReport(), failure, left: 1 };
    return { report, summary: addUp(report, undefined, backend.now()) };
  });
  if (!ran) return undefined;
  const { report, summary } = ran;
  for (const { file, faults } of report.broken)
    logger.error('A content file is not imported', { file, faults });
  for (const { file, removed } of report.leftOut)
    logger.warn('Parts of a content file are left out', { file, removed });
  for (const note of report.notes) logger.warn(note);
  count({ publishes: report.created.length + report.changed.length });
  logger.info('Content imported', { ...summary.counts, left: report.left });
  if (report.failure === undefined) return summary;
  logger.error('The import stopped early', { error: report.failure as Error });
  // A deployment does not fail: a first stack would be rolled back, and leave its tables behind. The next run comes in a minute.
  if (goesOn) throw report.failure;
  return summary;
}

async function readFiles(): Promise<Map<string, Uint8Array>> {
  const names = (await readdir(contentPath('articles'))).filter((name) => name.endsWith('.md'));
  const files = new Map<string, Uint8Array>();
  for (const name of names) files.set(name, await readFile(contentPath(`articles/${name}`)));
  return files;
}
