import { readdir, readFile } from 'node:fs/promises';
import type { Context } from 'aws-lambda';
import { contentPath } from './runtime/content.ts';
import { setting } from './runtime/environment.ts';
import { count, logger, logInvocation } from './runtime/log.ts';
import { limitCalls } from './store/connection.ts';
import { openWriteBackend } from './write/backend.ts';
import { type ImportReport, importArticles } from './write/import-articles.ts';

/** Runs with each deployment. Broken files are reported and logged; neither the others nor the deployment fail. */
export async function handler(_event?: unknown, context?: Context): Promise<ImportReport> {
  logInvocation(context);
  limitCalls(context);
  const names = (await readdir(contentPath('articles'))).filter((name) => name.endsWith('.md'));
  const files = new Map<string, Uint8Array>();
  for (const name of names) files.set(name, await readFile(contentPath(`articles/${name}`)));
  const report = await importArticles(openWriteBackend(), {
    files,
    allowMassRemoval: process.env[setting.allowMassRemoval] === 'yes',
  });
  for (const { file, faults } of report.broken) logger.error('A content file is broken', { file, faults });
  for (const { file, removed } of report.leftOut)
    logger.warn('Parts of a content file are left out', { file, removed });
  for (const note of report.notes) logger.warn(note);
  count({ publishes: report.published.length });
  logger.info('Content imported', {
    published: report.published.length,
    unchanged: report.unchanged,
    removed: report.removed.length,
    broken: report.broken.length,
  });
  return report;
}
