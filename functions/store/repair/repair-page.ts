import { isDeepStrictEqual } from 'node:util';
import { DynamoDBServiceException, ScanCommand, type TransactWriteItem } from '@aws-sdk/client-dynamodb';
import type { Store } from '../connection.ts';
import { fromAttributes, type Item, type Key, toAttributes } from '../item.ts';
import { batchGet } from '../read-items.ts';
import { nameOf } from '../rows.ts';
import { commit, type Plan } from '../transaction.ts';
import { isRecord, judgeArticle } from './judge-article.ts';
import { judgeRows } from './judge-row.ts';

/** Into how many parts the table is divided, so that it can be told how far a run has come. */
const segments = 16;
/** First every article gets its rows back, then what none calls for is taken away: so nothing goes that is only misplaced. */
export const repairSteps = 2 * segments;
/** Rows a page, each of which may take some milliseconds: API Gateway waits 30 seconds. */
const pageSize = 300;

/** How far a run has come: the step, and the last row of it that was looked at. */
export interface RepairPlace {
  step: number;
  after?: Key | undefined;
}

export interface RepairedPage {
  /** Articles whose rows were looked for, and rows whose article was. */
  articles: number;
  rows: number;
  findings: Finding[];
  /** Undefined at the end of the run. */
  next: RepairPlace | undefined;
}

/** One thing that was wrong, and what was done about it; nothing, where an article itself is broken. */
export interface Finding {
  outcome: 'added' | 'corrected' | 'removed' | 'broken';
  /** The keys of the row, for whoever looks into the table. */
  row: string;
  /** In a newcomer's words. */
  what: string;
}

/** What is to be done, and what cannot be. */
export interface Verdict {
  puts: { row: Item; was: Item | undefined }[];
  drops: { row: Item; why: string }[];
  broken: { row: Item; what: string }[];
  /** The other rows that it rests on; undefined where there was none. */
  grounds: { key: Key; was: object | undefined }[];
}

/** A place that is none of ours: no key at all, or one of another step. */
export class UnknownPlaceError extends Error {
  override name = 'UnknownPlaceError';
}

/** Looks at one page of the Content table and mends what is wrong in it. Writes nothing when all is right. */
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
    : (rows: Item[]) => judgeRows(store, rows);
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
    // Which keys belong to a segment only DynamoDB knows.
    if (after && error instanceof DynamoDBServiceException && error.name === 'ValidationException')
      throw new UnknownPlaceError('The table is not read from this key on', { cause: error });
    throw error;
  }
}

/** Judges the row again, by what is read only now, and carries that out in one transaction. */
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

/** One transaction, on condition that the rows and those that they were judged by are as they were; undefined where nothing can be mended. */
function planRepair({ content: TableName }: Store, { puts, drops, grounds }: Verdict): Plan | undefined {
  const keyText = ({ pk, sk }: Key) => `${pk} ${sk}`;
  const changed = new Set([...puts, ...drops].map(({ row }) => keyText(row)));
  // DynamoDB takes one operation an item; what is changed has its own condition.
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
  // What one article's rows need fits: they were written together.
  return writes.length > 0 ? { writes, claims: new Map(), bytes: 0 } : undefined;
}

/** An article's record is told by its version. Of other rows all fields count, but a chunk, which is told by what it belongs to. */
function unchanged(was: object | undefined) {
  if (!was) return { ConditionExpression: 'attribute_not_exists(pk)' };
  const { sk: _, chunk: __, ...fields } = was as Item;
  const { version } = fields;
  const entries = 'article' in fields ? [['version', version] as const] : Object.entries(fields);
  return {
    ConditionExpression: entries.map((_, index) => `#f${index} = :f${index}`).join(' AND '),
    ExpressionAttributeNames: Object.fromEntries(entries.map(([name], index) => [`#f${index}`, name])),
    ExpressionAttributeValues: toAttributes(
      Object.fromEntries(entries.map(([, value], index) => [`:f${index}`, value])),
    ),
  };
}
