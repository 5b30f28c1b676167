import { join } from 'node:path';
import type { Removed } from '../functions/article/left-out.ts';
import { type ContentFault, describeFault, describeRemoved } from './content-files.ts';

/** What an import has done, as its function and `GET /import` answer it. Of long lists only the beginning. */
export interface ImportSummary {
  created: string[];
  changed: string[];
  removed: string[];
  kept: string[];
  broken: { file: string; faults: Omit<ContentFault, 'file'>[] }[];
  leftOut: { file: string; removed: Removed[] }[];
  notes: string[];
  counts: Record<'created' | 'changed' | 'removed' | 'kept' | 'broken' | 'unchanged', number>;
  left: number;
}

/** In lines; names the articles where there are few. */
export function describeImport(summary: ImportSummary, contentDir: string): string[] {
  const { counts, broken, leftOut, notes, left } = summary;
  const parts = (['created', 'changed', 'unchanged', 'removed', 'broken'] as const)
    .filter((name) => counts[name] > 0 || name === 'unchanged')
    .map(
      (name) =>
        `${counts[name]} ${name}${name === 'unchanged' || name === 'broken' ? '' : named(summary[name])}`,
    );
  const faults = broken.flatMap(({ file, faults }) =>
    faults.map((fault) => describeFault({ ...fault, file: join(contentDir, 'articles', file) })),
  );
  const lacking = leftOut.flatMap(({ file, removed }) =>
    describeRemoved(join(contentDir, 'articles', file), removed).map(describeFault),
  );
  return [
    `Articles: ${parts.join(', ')}`,
    ...(counts.kept > 0
      ? [`${counts.kept} kept as the API left them: ${some(summary.kept, counts.kept)}`]
      : []),
    ...faults,
    ...(counts.broken > broken.length ? [`… and ${counts.broken - broken.length} more broken files`] : []),
    ...lacking,
    ...notes,
    ...(left > 0
      ? [`${left} files or removals are left: the import goes on by itself, within a minute`]
      : []),
  ];
}

function named(slugs: string[]): string {
  return slugs.length > 0 && slugs.length <= 3 ? ` (${slugs.join(', ')})` : '';
}

function some(names: string[], count: number): string {
  return count > 5 ? `${names.slice(0, 5).join(', ')} and others` : names.join(', ');
}
