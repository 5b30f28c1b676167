import type { FileFault } from '../article/fault.ts';
import type { Removed } from '../article/left-out.ts';
import type { Store } from './connection.ts';
import { toAttributes } from './item.ts';
import { batchGet } from './read-items.ts';
import { keyOf } from './rows.ts';
import { putRow } from './transaction.ts';

/** What an import has done in all its runs. Of long lists only the beginning: `counts` has their lengths. */
export interface ImportSummary {
  /** When its last run ended, ISO 8601 in UTC with milliseconds. */
  at: string;
  created: string[];
  changed: string[];
  removed: string[];
  /** Articles that stay as the API left them, each with the reason. */
  kept: string[];
  /** Files that are not imported. Their articles stay as they were. */
  broken: { file: string; faults: FileFault[] }[];
  /** What stored texts lack of their files. */
  leftOut: { file: string; removed: Removed[] }[];
  notes: string[];
  counts: Record<'created' | 'changed' | 'removed' | 'kept' | 'broken' | 'unchanged', number>;
  /** Files and removals that the next run goes on with. */
  left: number;
  runs: number;
}

/** How far the import of the content files is. */
export interface ImportState {
  /** site.yaml's, at the first import: every id made since has it. */
  authority: string;
  /** Names the last run that was begun. */
  run: string;
  /** When the time of that run is over, while it is under way. ISO 8601 in UTC with milliseconds. */
  until?: string | undefined;
  /** Whether another run has to look at the files again. */
  isPending: boolean;
  /** How many articles came from content files before this import. */
  known?: number | undefined;
  summary?: ImportSummary | undefined;
}

/** Read consistently; undefined before the first import. */
export async function findImport(store: Store): Promise<ImportState | undefined> {
  const [row] = await batchGet<ImportState>(store, [keyOf('import', {})]);
  if (!row) return undefined;
  const { pk: _, sk: __, ...state } = row;
  return state;
}

/** Keeps the state on condition that no other run has begun since `seen`; false if one has. */
export function keepImport(store: Store, state: ImportState, seen: string | undefined): Promise<boolean> {
  return putRow(
    store,
    { ...keyOf('import', {}), ...state },
    {
      // Its own run stands there when the SDK repeats a call whose answer was lost.
      ConditionExpression: 'attribute_not_exists(pk) OR #run IN (:seen, :own)',
      ExpressionAttributeNames: { '#run': 'run' },
      ExpressionAttributeValues: toAttributes({ ':seen': seen ?? state.run, ':own': state.run }),
    },
  );
}
