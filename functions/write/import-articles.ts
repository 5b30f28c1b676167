import { createHash } from 'node:crypto';
import { parseArticleFile } from '../article/article-file.ts';
import { describeRemoval } from '../article/conflicts.ts';
import type { FileFault } from '../article/fault.ts';
import type { Removed } from '../article/left-out.ts';
import { type Listed, readListing } from '../store/listing.ts';
import { TakenError } from '../store/transaction.ts';
import type { WriteBackend } from './backend.ts';
import { EditedError, OvertakenError } from './file-against-edit.ts';
import { faultsOf, inFile } from './file-faults.ts';
import { keepRemoved, removeArticle } from './remove-article.ts';
import { writeArticle } from './write-article.ts';

export interface ImportReport {
  created: string[];
  changed: string[];
  unchanged: number;
  removed: string[];
  /** Articles that stay as the API left them, each with the reason. */
  kept: string[];
  /** Files with faults, or that would overwrite an edit. Their articles stay as they were stored before. */
  broken: { file: string; faults: FileFault[] }[];
  /** What stored texts lack of their files. */
  leftOut: { file: string; removed: Removed[] }[];
  notes: string[];
  /** Files and removals that another run must go on with. */
  left: number;
  /** How many articles came from content files before this import. */
  known: number;
  /** What ended the import too early, beside its time. */
  failure?: unknown;
}

export interface ImportOptions {
  /** The bytes of every file in content/articles, by file name. */
  files: Map<string, Uint8Array>;
  allowMassRemoval: boolean;
  /** Let files win against edits through the API. */
  takeFiles: boolean;
  /** The `known` of the run that this one goes on with. */
  known?: number | undefined;
  /** Asked between two steps. */
  mayGoOn?: () => Promise<boolean>;
}

type Import = Required<Omit<ImportOptions, 'known'>> & {
  backend: WriteBackend;
  before: Map<string, Listed>;
  report: ImportReport;
};

const atOnce = 8;

/**
 * Makes the store match the files. Each file is a transaction of its own, so an import may stop anywhere and run again. It always does
 * its first step; nothing is removed before every file has been looked at.
 */
export async function importArticles(backend: WriteBackend, options: ImportOptions): Promise<ImportReport> {
  const before = new Map((await readListing(backend.store)).map((row) => [row.slug, row]));
  // Counted before the first run: new files do not make up for missing ones.
  const report = emptyReport(options.known ?? [...before.values()].filter(isFromFile).length);
  const run: Import = { mayGoOn: async () => true, ...options, backend, before, report };
  try {
    await importFiles(run);
    if (report.left === 0) await removeMissing(run);
  } catch (failure) {
    Object.assign(report, { failure, left: Math.max(1, report.left) });
  }
  for (const list of [report.created, report.changed, report.kept]) list.sort();
  for (const list of [report.broken, report.leftOut]) list.sort((a, b) => (a.file < b.file ? -1 : 1));
  return report;
}

export function emptyReport(known = 0): ImportReport {
  const lists = { created: [], changed: [], removed: [], kept: [], broken: [], leftOut: [], notes: [] };
  return { ...lists, unchanged: 0, left: 0, known };
}

async function importFiles(run: Import): Promise<void> {
  const { files, report, before, mayGoOn } = run;
  const changed: { file: string; hash: string }[] = [];
  for (const [file, bytes] of [...files].sort(([one], [other]) => (one < other ? -1 : 1))) {
    const hash = createHash('sha256').update(bytes).digest('hex');
    const row = before.get(slugOf(file));
    // An edit or deletion through the API stands until the file changes. A file that returns counts as a change.
    const cameBack = row?.status === 'gone' && row.origin === 'content';
    if (row?.fileHash !== hash || cameBack || row.erasedAt) {
      changed.push({ file, hash });
      continue;
    }
    report.unchanged += 1;
    if (row.origin === 'api')
      report.kept.push(`${row.slug} (${row.status === 'gone' ? 'deleted' : 'edited'} through the API)`);
  }
  let overtaken = 0;
  for (let start = 0; start < changed.length; start += atOnce) {
    report.left = changed.length - start + overtaken;
    if (start > 0 && !(await mayGoOn())) return;
    const step = changed.slice(start, start + atOnce).map(({ file, hash }) => importFile(run, file, hash));
    // What one throws must not leave the others halfway through.
    for (const outcome of await Promise.allSettled(step)) {
      if (outcome.status === 'rejected') throw outcome.reason;
      if (outcome.value === 'overtaken') overtaken += 1;
    }
  }
  report.left = overtaken;
}

async function importFile(run: Import, file: string, hash: string): Promise<'done' | 'overtaken'> {
  const { backend, files, before, takeFiles, report } = run;
  const slug = slugOf(file);
  const bytes = files.get(file) ?? new Uint8Array();
  try {
    const input = parseArticleFile(slug, bytes, backend);
    if ('removed' in input) {
      const { removed, former } = input;
      const reason = removed || undefined;
      const { origin, status } = before.get(slug) ?? {};
      if (origin === 'api' && status !== 'gone' && !takeFiles) throw new EditedError(describeRemoval(slug));
      const result = await removeArticle(backend, { slug, origin: 'content', reason, fileHash: hash });
      if (result === 'removed') report.removed.push(slug);
      else report.unchanged += 1;
      if (result === undefined && former)
        await keepRemoved(backend, { slug, former, reason, fileHash: hash });
      return 'done';
    }
    // It would rename the other file's article, depending on which of the two files comes first.
    const other = input.aliases.find((alias) => files.has(`${alias}.md`));
    if (other) throw new TakenError('/aliases', `${other} is the address of another file`);
    const versionBefore = (known: string) => before.get(known)?.version;
    const {
      outcome,
      replacedEdit,
      removed = [],
    } = await writeArticle(backend, {
      slug,
      input,
      origin: 'content',
      file: { hash, versionBefore, takes: takeFiles },
    });
    if (removed.length > 0) report.leftOut.push({ file, removed: inFile(bytes, removed) });
    if (outcome === 'unchanged') report.unchanged += 1;
    else report[outcome === 'created' ? 'created' : 'changed'].push(slug);
    if (replacedEdit)
      report.notes.push(
        `${file} has won against an edit through the API: npm run newswire -- versions ${slug} lists the former text.`,
      );
  } catch (error) {
    if (error instanceof OvertakenError) return 'overtaken';
    report.broken.push({ file, faults: faultsOf(error, bytes) });
  }
  return 'done';
}

/** Removes articles whose content file no longer exists. */
async function removeMissing(run: Import): Promise<void> {
  const { backend, files, allowMassRemoval, before, mayGoOn, report } = run;
  const rows = (await readListing(backend.store)).filter(({ slug }) => !files.has(`${slug}.md`));
  for (const { slug, origin, status, fileHash } of rows)
    if (origin === 'api' && status !== 'gone' && fileHash !== undefined)
      report.kept.push(`${slug} (its file is gone, but it was edited through the API)`);
  const missing = rows.filter(isFromFile);
  const unread = report.broken.map(({ file }) => file).filter((file) => !before.has(slugOf(file)));
  if (missing.length > 0 && unread.length > 0 && !allowMassRemoval) {
    report.notes.push(
      `${list(unread)} cannot be imported, and may be what was ${list(missing.map(({ slug }) => `${slug}.md`))}: nothing was removed. ` +
        'Mend it, or, if the missing files are meant to go, run again with ALLOW_MASS_REMOVAL=yes.',
    );
    return;
  }
  const { known } = report;
  const suspicious = files.size === 0 || (known >= 10 && missing.length > known / 5);
  if (missing.length > 0 && suspicious && !allowMassRemoval) {
    report.notes.push(
      `${missing.length} of ${known} content files are missing, more than a slip would explain: nothing was removed. ` +
        'If it is meant, run again with ALLOW_MASS_REMOVAL=yes.',
    );
    return;
  }
  for (const [index, { slug }] of missing.entries()) {
    report.left = missing.length - index;
    if (index > 0 && !(await mayGoOn())) return;
    const removed = await removeArticle(backend, { slug, origin: 'content' });
    if (removed === 'removed') report.removed.push(slug);
  }
  report.left = 0;
}

function isFromFile({ origin, status }: Listed): boolean {
  return origin === 'content' && status !== 'gone';
}

function list(names: string[]): string {
  return names.length > 5 ? `${names.slice(0, 5).join(', ')} and others` : names.join(', ');
}

function slugOf(file: string): string {
  return file.replace(/\.md$/, '');
}
