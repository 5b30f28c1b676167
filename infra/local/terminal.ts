import { join } from 'node:path';
import type { Removed } from '../../functions/article/left-out.ts';
import { type ContentFault, describeFault, describeRemoved } from '../content-files.ts';

/** What the trigger of import-content answers. */
interface ImportReport {
  published: string[];
  unchanged: number;
  removed: string[];
  broken: { file: string; faults: Omit<ContentFault, 'file'>[] }[];
  leftOut: { file: string; removed: Removed[] }[];
  notes: string[];
}

/** Prints that a step of the start is done and how long it took. */
export async function showStep<Result>(name: string, work: Promise<Result>): Promise<Result> {
  const start = performance.now();
  const result = await work;
  const seconds = ((performance.now() - start) / 1000).toFixed(1);
  console.log(`${seconds.padStart(5)} s  ${name}`);
  return result;
}

/** Names the articles where there are few. */
export function describeImport(report: unknown, contentDir: string): string[] {
  const { published, unchanged, removed, broken, leftOut, notes } = report as ImportReport;
  const faults = broken.flatMap(({ file, faults }) =>
    faults.map((fault) => describeFault({ ...fault, file: join(contentDir, 'articles', file) })),
  );
  const lacking = leftOut.flatMap(({ file, removed }) =>
    describeRemoved(join(contentDir, 'articles', file), removed).map(describeFault),
  );
  const counts = [
    describeCount(published, 'published'),
    `${unchanged} unchanged`,
    removed.length > 0 && describeCount(removed, 'removed'),
    broken.length > 0 && `${broken.length} broken`,
  ];
  return [`Articles: ${counts.filter(Boolean).join(', ')}`, ...faults, ...lacking, ...notes];
}

function describeCount(slugs: string[], what: string): string {
  const named = slugs.length > 0 && slugs.length <= 3 ? ` (${slugs.join(', ')})` : '';
  return `${slugs.length} ${what}${named}`;
}

/** What Powertools adds to every entry and a terminal need not show. */
const bookkeeping = /^(timestamp|service|cold_start|function_.*|sampling_rate|correlation_id|xray_trace_id)$/;

/** A function's line for a terminal: problems in full; undefined for metrics and everyday entries. */
export function describeLine(line: string, functionId: string): string | undefined {
  const entry = parseEntry(line);
  if (!entry) return `${functionId}: ${line}`;
  const { level, message, ...rest } = entry;
  // Its report, which is shown as well, tells all that it logs.
  if (functionId.startsWith('ImportContent')) return undefined;
  if (level === undefined || level === 'INFO' || level === 'DEBUG') return undefined;
  const details = Object.entries(rest).filter(([name]) => !bookkeeping.test(name));
  const more = details.length > 0 ? ` ${JSON.stringify(Object.fromEntries(details))}` : '';
  return `${functionId} ${level}: ${message}${more}`;
}

function parseEntry(line: string): Record<string, unknown> | undefined {
  try {
    const value = JSON.parse(line);
    return typeof value === 'object' && value !== null ? value : undefined;
  } catch {
    return undefined;
  }
}
