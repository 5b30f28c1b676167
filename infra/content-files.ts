import { type BigIntStats, lstatSync, readdirSync, readFileSync, realpathSync, statSync } from 'node:fs';
import { relative, sep } from 'node:path';
import type { Removed } from '../functions/article/left-out.ts';

/** One fault in one file of the content folder. */
export interface ContentFault {
  /** Includes the content folder's own path, so that a terminal can open it. */
  file: string;
  /** 1-based; absent when the whole file is meant. */
  line?: number;
  /** JSON pointer of the field, '' for the whole file. */
  pointer: string;
  message: string;
}

/** The site's settings, or a whole folder, cannot be used: nothing was prepared. */
export class InvalidSiteError extends Error {
  override name = 'InvalidSiteError';
  readonly faults: ContentFault[];

  constructor(faults: ContentFault[]) {
    super(faults.map(describeFault).join('\n'));
    this.faults = faults;
  }
}

/** What an article lacks of its file. */
export function describeRemoved(file: string, removed: Removed[]): ContentFault[] {
  return removed.map(({ element, line, reason }) => ({
    file,
    ...(line !== undefined && { line }),
    pointer: '',
    message: `left out: ${element}: ${reason}`,
  }));
}

export function describeFault({ file, line, pointer, message }: ContentFault): string {
  const place = line === undefined ? file : `${file}:${line}`;
  return pointer === '' ? `${place} ${message}` : `${place} ${pointer.slice(1)}: ${message}`;
}

// Synchronously, here and below: ten thousand files are read in a seventh of the time, and never all open at once.

/**
 * Without hidden files, such as a desktop's own; none where there is no folder. Sorted, so that the same files give the same output.
 * Throws InvalidSiteError.
 */
export function namesIn(folder: string): string[] {
  const names = attempt(folder, () => readdirSync(folder)) ?? [];
  if (typeof names === 'string') throw new InvalidSiteError([{ file: folder, pointer: '', message: names }]);
  return names.filter((name) => !name.startsWith('.')).sort();
}

/** What a path leads to; why it leads nowhere, as a string; undefined where nothing is. */
export function findFile(path: string): BigIntStats | string | undefined {
  return attempt(path, () => statSync(path, { bigint: true }));
}

/** The bytes of a file; why it cannot be read, as a string; undefined where nothing is. */
export function readFile(path: string): Buffer | string | undefined {
  return attempt(path, () => readFileSync(path));
}

/** Where a path really leads, links followed; undefined where that is nowhere, or outside `root`, itself a real path. */
export function findInside(root: string, path: string): string | undefined {
  try {
    // Most of what is looked for is not there, which is no error here, and so takes less time.
    if (!statSync(path, { throwIfNoEntry: false })) return undefined;
    const real = realpathSync.native(path);
    const inside = relative(root, real);
    return inside === '..' || inside.startsWith(`..${sep}`) ? undefined : real;
  } catch {
    return undefined;
  }
}

function attempt<Result>(path: string, work: () => Result): Result | string | undefined {
  try {
    return work();
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException;
    if (code === 'ENOENT') return isLink(path) ? 'is a link to something that is not there' : undefined;
    if (code === 'ELOOP') return 'is a link that leads back to itself';
    if (code === 'EACCES' || code === 'EPERM') return 'may not be read: change its permissions';
    if (code === 'ENOTDIR') return 'is no folder';
    if (code === undefined) throw cause;
    return `cannot be read (${code})`;
  }
}

function isLink(path: string): boolean {
  return lstatSync(path, { throwIfNoEntry: false })?.isSymbolicLink() ?? false;
}
