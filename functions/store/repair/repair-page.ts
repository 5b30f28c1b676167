import { isDeepStrictEqual } from 'node:util';
import { DynamoDBServiceException, ScanCommand, type TransactWriteItem } from '@aws-sdk/client-dynamodb';
import type { Store } from '../connection.ts';
import { fromAttributes, type Item, type Key, toAttributes } from '../item.ts';
import { batchGet } from '../read-items.ts';
import { isRecord, nameOf } from '../rows.ts';
import { commit, type Plan, unchanged } from '../transaction.ts';
import { judgeArticle } from './judge-article.ts';
import { judgeRows } from './judge-row.ts';
import type { Verdict } from './verdict.ts';

/** The table is scanned in this many parts, so that a run can show its progress. */
const segments = 8;
/** The first half of the steps restores the rows of every article, the second removes rows that no article calls for. */
export const repairSteps = 2 * segments;
/** Rows per page. Each may take some milliseconds, and API Gateway waits 30 seconds. */
const pageSize = 300;

/** How far a run has come: its step, and the last row that it looked at. */
export interface RepairPlace {
  step: number;
  after?: Key | undefined;
}

export interface RepairedPage {
  /** How many articles were checked, or in the second half how many rows. */
  articles: number;
  rows: number;
  findings: Finding[];
  /** Undefined at the end of the run. */
  next: RepairPlace | undefined;
}

/** One thing that was wrong, and what was done about it. Nothing is done where an article itself is `broken`. */
export interface Finding {
  outcome: 'added' | 'corrected' | 'removed' | 'broken';
  /** The row's keys, to find it in the table. */
  row: string;
  /** In words for people who do not know the table. */
  what: string;
}

/** DynamoDB does not know the place: it is no key, or one of another step. */
export class UnknownPlaceError extends Error {
  override name = 'UnknownPlaceError';
}

/** Checks one page of the Content table and mends what is wrong. Writes nothing if all is right. */
export async function repairPage(
  store: Store,
  { step, after }: RepairPlace,
  now: string,
): Promise<RepairedPage> {
  const { Items = [], LastEvaluatedKey } = await scan(store, step % segments, after);
  const rows = Items.map((item) => fromAttributes<Item>(item));
  const isRestoring = step < segments;
  const looked = isRestoring ? rows.filter(isRecord) : rows;
  const judge = isRestoring
    ? async (rows: Item[]) => {
        const verdicts: Verdict[] = [];
        for (const row of rows.filter(isRecord)) verdicts.push(await judgeArticle(store, row, now));
        return verdicts;
      }
    : (rows: Item[]) => judgeRows(store, rows, now);
  const findings: Finding[] = [];
  for (const [index, verdict] of (await judge(looked)).entries())
    if (findingsOf(verdict).length > 0) findings.push(...(await mend(store, looked[index] as Item, judge)));
  const next = LastEvaluatedKey ? { step, after: fromAttributes<Key>(LastEvaluatedKey) } : { step: step + 1 };
  return {
    articles: isRestoring ? looked.length : 0,
    rows: isRestoring ? 0 : looked.length,
    findings,
    next: next.step < repairSteps ? next : undefined,
  };
}

async function scan({ client, content }: Store, Segment: number, after: Key | undefined) {
  const command = new ScanCommand({
    TableName: content,
    ConsistentRead: true,
    Limit: pageSize,
    Segment,
    TotalSegments: segments,
    ExclusiveStartKey: after && toAttributes(after),
  });
  try {
    return await client.send(command);
  } catch (error) {
    // Only DynamoDB knows which keys belong to a segment.
    if (after && error instanceof DynamoDBServiceException && error.name === 'ValidationException')
      throw new UnknownPlaceError('The table is not read from this key on', { cause: error });
    throw error;
  }
}

/** Reads the row again, judges it again, and mends it in one transaction. */
function mend(
  store: Store,
  { pk, sk }: Item,
  judge: (rows: Item[]) => Promise<Verdict[]>,
): Promise<Finding[]> {
  return commit<Finding[]>(store, async () => {
    const rows = await batchGet<Item>(store, [{ pk, sk }]);
    const [verdict] = await judge(rows);
    const result = verdict ? findingsOf(verdict) : [];
    return { plan: verdict && result.length > 0 ? planRepair(store, verdict) : undefined, result };
  });
}

function findingsOf({ puts, drops, broken }: Verdict): Finding[] {
  const finding = (outcome: Finding['outcome'], { pk, sk }: Item, what: string) => ({
    outcome,
    row: `${pk} ${sk}`,
    what,
  });
  return [
    ...drops.map(({ row, why }) => finding('removed', row, `${nameOf(row)}: ${why}`)),
    ...puts.map(({ row, was }) =>
      was
        ? finding('corrected', row, `${nameOf(row)}: it was wrong in ${differing(was, row).join(', ')}`)
        : finding('added', row, `${nameOf(row)}: it was missing`),
    ),
    ...broken.map(({ row, what }) => finding('broken', row, what)),
  ];
}

function differing(was: Item, row: Item): string[] {
  const names = [...new Set([...Object.keys(was), ...Object.keys(row)])];
  return names.filter((name) => !isDeepStrictEqual(was[name], row[name]));
}

/** One transaction, on condition that no row that matters has changed; undefined if there is nothing to write. */
function planRepair({ content: TableName }: Store, { puts, drops, grounds }: Verdict): Plan | undefined {
  const keyText = ({ pk, sk }: Key) => `${pk} ${sk}`;
  const changed = new Set([...puts, ...drops].map(({ row }) => keyText(row)));
  // DynamoDB takes one operation per item, and a changed row has its own condition.
  const checks = new Map(
    grounds.filter(({ key }) => !changed.has(keyText(key))).map((ground) => [keyText(ground.key), ground]),
  );
  const Key = ({ pk, sk }: Key) => toAttributes({ pk, sk });
  const writes: TransactWriteItem[] = [
    ...puts.map(({ row, was }) => ({ Put: { TableName, Item: toAttributes(row), ...unchanged(was) } })),
    ...drops.map(({ row }) => ({ Delete: { TableName, Key: Key(row), ...unchanged(row) } })),
    ...[...checks.values()].map(({ key, was }) => ({
      ConditionCheck: { TableName, Key: Key(key), ...unchanged(was) },
    })),
  ];
  // The rows of one article fit into one transaction: they were written in one.
  return writes.length > 0 ? { writes, claims: new Map(), bytes: 0 } : undefined;
}
