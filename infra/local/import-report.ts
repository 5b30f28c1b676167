import { join } from 'node:path';
import { type ContentFault, describeFault } from '../content-fault.ts';

/** What the trigger of import-content answers. */
interface ImportReport {
  published: string[];
  unchanged: number;
  removed: string[];
  broken: { file: string; faults: Omit<ContentFault, 'file'>[] }[];
  notes: string[];
}

/** Lines for people; names all articles where there are few. */
export function describeImport(report: unknown, contentDir: string): string[] {
  const { published, unchanged, removed, broken, notes } = report as ImportReport;
  const faults = broken.flatMap(({ file, faults }) =>
    faults.map((fault) => describeFault({ ...fault, file: join(contentDir, 'articles', file) })),
  );
  const counts = [
    counted(published, 'published'),
    `${unchanged} unchanged`,
    removed.length > 0 && counted(removed, 'removed'),
    broken.length > 0 && `${broken.length} broken`,
  ];
  return [`Articles: ${counts.filter(Boolean).join(', ')}`, ...faults, ...notes];
}

function counted(slugs: string[], what: string): string {
  const named = slugs.length > 0 && slugs.length <= 3 ? ` (${slugs.join(', ')})` : '';
  return `${slugs.length} ${what}${named}`;
}
