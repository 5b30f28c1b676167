import { createHash } from 'node:crypto';
import { decodeFile, parseArticleFile, readFrontMatter } from '../article/article-file.ts';
import { type FileFault, InvalidArticleError, InvalidFileError, TooLargeError } from '../article/fault.ts';
import type { Removed } from '../article/left-out.ts';
import { type Listed, readListing } from '../store/listing.ts';
import { TakenError } from '../store/transaction.ts';
import type { WriteBackend } from './backend.ts';
import { removeArticle } from './remove-article.ts';
import { writeArticle } from './write-article.ts';

export interface ImportReport {
  published: string[];
  unchanged: number;
  removed: string[];
  /** Files with faults. Their articles stay as they were stored before. */
  broken: { file: string; faults: FileFault[] }[];
  /** What stored texts lack of their files. */
  leftOut: { file: string; removed: Removed[] }[];
  notes: string[];
}

interface ImportOptions {
  /** The bytes of every file in content/articles, by file name. */
  files: Map<string, Uint8Array>;
  allowMassRemoval: boolean;
}

const atOnce = 8;

/** Makes the store match the files. Each file is a transaction of its own, so an import may stop anywhere and run again. */
export async function importArticles(
  backend: WriteBackend,
  { files, allowMassRemoval }: ImportOptions,
): Promise<ImportReport> {
  const report: ImportReport = {
    published: [],
    unchanged: 0,
    removed: [],
    broken: [],
    leftOut: [],
    notes: [],
  };
  const before = new Map((await readListing(backend.store)).map((row) => [row.slug, row]));
  const names = [...files.keys()].sort();
  for (let start = 0; start < names.length; start += atOnce)
    await Promise.all(
      names.slice(start, start + atOnce).map((name) => importFile(backend, name, files, before, report)),
    );
  await removeMissing(backend, { files, allowMassRemoval }, before, report);
  report.published.sort();
  for (const list of [report.broken, report.leftOut]) list.sort((a, b) => (a.file < b.file ? -1 : 1));
  return report;
}

async function importFile(
  backend: WriteBackend,
  file: string,
  files: Map<string, Uint8Array>,
  before: Map<string, Listed>,
  report: ImportReport,
): Promise<void> {
  const slug = slugOf(file);
  const bytes = files.get(file) ?? new Uint8Array();
  const fileHash = createHash('sha256').update(bytes).digest('hex');
  const row = before.get(slug);
  // An edit or deletion through the API stands until the file changes. A file that returns counts as a change.
  const cameBack = row?.status === 'gone' && row.origin === 'content';
  if (row?.fileHash === fileHash && !cameBack && !row.erasedAt) {
    report.unchanged += 1;
    return;
  }
  try {
    const input = parseArticleFile(slug, bytes, backend);
    if ('removed' in input) {
      const { removed: reason } = input;
      const result = await removeArticle(backend, { slug, origin: 'content', reason, fileHash });
      if (result === 'removed') report.removed.push(slug);
      else report.unchanged += 1;
      return;
    }
    // It would rename the other file's article, depending on which of the two files comes first.
    const other = input.aliases.find((alias) => files.has(`${alias}.md`));
    if (other) throw new TakenError('/aliases', `${other} is the address of another file`);
    const { outcome, removed = [] } = await writeArticle(backend, {
      slug,
      input,
      origin: 'content',
      fileHash,
    });
    if (removed.length > 0) report.leftOut.push({ file, removed: inFile(bytes, removed) });
    if (outcome === 'unchanged') report.unchanged += 1;
    else report.published.push(slug);
  } catch (error) {
    report.broken.push({ file, faults: faultsOf(error, bytes) });
  }
}

/** The faults that an editor can mend. Throws any other error again. */
function faultsOf(error: unknown, bytes: Uint8Array): FileFault[] {
  if (error instanceof InvalidFileError) return error.faults;
  if (error instanceof InvalidArticleError) {
    const { lineOf } = readFrontMatter(decodeFile(bytes));
    return error.faults.map((fault) => ({ line: lineOf(fault.pointer), ...fault }));
  }
  if (error instanceof TakenError) return [{ line: 1, pointer: error.pointer, message: error.message }];
  if (error instanceof TooLargeError) return [{ line: 1, pointer: '', message: error.message }];
  throw error;
}

/** With the lines of the whole file. */
function inFile(bytes: Uint8Array, removed: Removed[]): Removed[] {
  const above = readFrontMatter(decodeFile(bytes)).lineOf('/markdown') - 1;
  return removed.map(({ line, ...rest }) => ({ ...rest, ...(line !== undefined && { line: line + above }) }));
}

/** Removes articles whose content file no longer exists. */
async function removeMissing(
  backend: WriteBackend,
  { files, allowMassRemoval }: ImportOptions,
  before: Map<string, Listed>,
  report: ImportReport,
): Promise<void> {
  const present = new Set([...files.keys()].map(slugOf));
  const isMine = ({ origin, status }: Listed) => origin === 'content' && status !== 'gone';
  const missing = (await readListing(backend.store)).filter((row) => isMine(row) && !present.has(row.slug));
  const unread = report.broken.map(({ file }) => file).filter((file) => !before.has(slugOf(file)));
  if (missing.length > 0 && unread.length > 0 && !allowMassRemoval) {
    report.notes.push(
      `${list(unread)} cannot be read, and may be what was ${list(missing.map(({ slug }) => `${slug}.md`))}: nothing was removed. ` +
        'Mend it, or, if the missing files are meant to go, run again with ALLOW_MASS_REMOVAL=yes.',
    );
    return;
  }
  // Counted before this import: new files do not make up for missing ones.
  const known = [...before.values()].filter(isMine).length;
  const suspicious = files.size === 0 || (known >= 10 && missing.length > known / 5);
  if (missing.length > 0 && suspicious && !allowMassRemoval) {
    report.notes.push(
      `${missing.length} of ${known} content files are missing, more than a slip would explain: nothing was removed. ` +
        'If it is meant, run again with ALLOW_MASS_REMOVAL=yes.',
    );
    return;
  }
  for (const { slug } of missing) {
    const removed = await removeArticle(backend, { slug, origin: 'content' });
    if (removed === 'removed') report.removed.push(slug);
  }
}

function list(names: string[]): string {
  return names.length > 5 ? `${names.slice(0, 5).join(', ')} and others` : names.join(', ');
}

function slugOf(file: string): string {
  return file.replace(/\.md$/, '');
}
