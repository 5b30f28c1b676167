import { describeNewAuthority } from '../article/conflicts.ts';
import { findImport, type ImportState, type ImportSummary, keepImport } from '../store/import-state.ts';
import type { WriteBackend } from './backend.ts';
import { type ImportOptions, type ImportReport, importArticles } from './import-articles.ts';

interface Run extends Omit<ImportOptions, 'files' | 'known' | 'mayGoOn'> {
  /** The bytes of every file in content/articles, by file name. */
  readFiles: () => Promise<Map<string, Uint8Array>>;
  /** Names it: no other run has the same. */
  id: string;
  /** Go on with an import that is not done, and begin none. */
  goesOn: boolean;
  allowNewAuthority: boolean;
  /** After these no further step is begun. */
  milliseconds: number;
}

/** `authority` of site.yaml is another than at the first import. */
export class AuthorityChangedError extends Error {
  override name = 'AuthorityChangedError';

  constructor(stored: string, written: string) {
    super(`site.yaml authority: ${describeNewAuthority(stored, written)}`);
  }
}

/**
 * One run of the import: as many steps as its time allows. Returns what it has done, and what the import has in all its runs;
 * undefined if there was nothing to go on with. Throws AuthorityChangedError.
 */
export async function runImport(
  backend: WriteBackend,
  run: Run,
): Promise<{ report: ImportReport; summary: ImportSummary } | undefined> {
  const { store, now, authority } = backend;
  const { id, readFiles, milliseconds, ...options } = run;
  const end = performance.now() + milliseconds;
  const begun = await begin(backend, run);
  if (!begun) return undefined;
  const { state, tookOver } = begun;
  const mayGoOn = async () => performance.now() < end && (await findImport(store))?.run === id;
  const files = await readFiles();
  const report = await importArticles(backend, { ...options, files, known: state.known, mayGoOn });
  const summary = addUp(report, state.summary, now());
  // The run that was overtaken may have been in the middle of a step, with files that are old by now.
  const isPending = report.left > 0 || tookOver;
  await keepImport(store, { authority, run: id, isPending, known: report.known, summary }, id);
  return { report, summary };
}

async function begin(
  { store, now, authority }: WriteBackend,
  { id, goesOn, allowNewAuthority, milliseconds }: Run,
): Promise<{ state: ImportState; tookOver: boolean } | undefined> {
  for (;;) {
    const seen = await findImport(store);
    if (seen && seen.authority !== authority && !allowNewAuthority)
      throw new AuthorityChangedError(seen.authority, authority);
    const time = now();
    const isUnderWay = seen?.until !== undefined && seen.until > time;
    if (goesOn && seen && (isUnderWay || !(seen.isPending || seen.until))) return undefined;
    const until = new Date(Date.parse(time) + milliseconds).toISOString();
    const former = goesOn ? { known: seen?.known, summary: seen?.summary } : {};
    const state = { authority, run: id, isPending: true, until, ...former };
    if (await keepImport(store, state, seen?.run)) return { state, tookOver: isUnderWay };
  }
}

const shown = 50;
const shownFaults = 5;

/** What an import has done in this run and in those before. */
export function addUp(report: ImportReport, former: ImportSummary | undefined, at: string): ImportSummary {
  const { kept, broken, left, failure } = report;
  const sum = (name: 'created' | 'changed' | 'removed') => (former?.counts[name] ?? 0) + report[name].length;
  const first = (name: 'created' | 'changed' | 'removed') =>
    [...(former?.[name] ?? []), ...report[name]].slice(0, shown);
  const done = (former?.counts.created ?? 0) + (former?.counts.changed ?? 0);
  const stopped =
    failure === undefined
      ? []
      : [`The import stopped early (${(failure as Error).message}). What it has stored stays.`];
  return {
    at,
    created: first('created'),
    changed: first('changed'),
    removed: first('removed'),
    kept: kept.slice(0, shown),
    broken: broken
      .slice(0, shown)
      .map(({ file, faults }) => ({ file, faults: faults.slice(0, shownFaults) })),
    leftOut: [...(former?.leftOut ?? []), ...report.leftOut]
      .slice(0, shown)
      .map(({ file, removed }) => ({ file, removed: removed.slice(0, shownFaults) })),
    notes: [...report.notes, ...stopped].slice(0, shown),
    counts: {
      created: sum('created'),
      changed: sum('changed'),
      removed: sum('removed'),
      // What former runs have stored is unchanged by now.
      unchanged: Math.max(0, report.unchanged - done),
      kept: kept.length,
      broken: broken.length,
    },
    left,
    runs: (former?.runs ?? 0) + 1,
  };
}
