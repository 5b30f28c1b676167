import type { Store } from '../../functions/store/connection.ts';
import { checkArticles } from './checks/articles.ts';
import { checkCounts } from './checks/counts.ts';
import { checkDirectories } from './checks/directories.ts';
import { checkDocuments } from './checks/documents.ts';
import { checkMostRead } from './checks/most-read.ts';
import { sortRows } from './checks/state.ts';
import { checkStreams } from './checks/streams.ts';
import { checkTombstonesAndDue } from './checks/tombstones.ts';
import { checkVersions } from './checks/versions.ts';
import { scanStore } from './scan.ts';

interface CheckOptions {
  /** ISO 8601 in UTC with milliseconds: what is under embargo depends on it. */
  now: string;
}

/**
 * Every invariant of the storage that the two tables break, each as a sentence that ends with the key of the row.
 * It derives all rows anew from the articles, with none of the code that wrote them.
 */
export async function checkStore(store: Store, { now }: CheckOptions): Promise<string[]> {
  const state = sortRows(await scanStore(store), { now });
  return [
    ...state.faults,
    ...checkArticles(state),
    ...checkStreams(state),
    ...checkTombstonesAndDue(state),
    ...checkDocuments(state),
    ...checkDirectories(state),
    ...checkCounts(state),
    ...checkMostRead(state),
    ...checkVersions(state),
  ].sort();
}
