import { DynamoDBServiceException, ScanCommand } from '@aws-sdk/client-dynamodb';
import type { Store } from '../connection.ts';
import { fromAttributes, type Item, type Key, toAttributes } from '../item.ts';
import { contentKey } from '../rows.ts';
import type { StoredArticle } from '../stored-article.ts';
import type { Finding } from './finding.ts';
import { removeRows } from './remove-rows.ts';
import { restoreRows } from './restore-rows.ts';

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
  const next = LastEvaluatedKey
    ? { step, after: fromAttributes<Key>(LastEvaluatedKey) }
    : step + 1 < repairSteps
      ? { step: step + 1 }
      : undefined;
  if (step >= segments)
    return { articles: 0, rows: rows.length, findings: await removeRows(store, rows), next };
  const metas = rows.filter(isArticle);
  const findings: Finding[] = [];
  for (const { pk, sk: _, ...meta } of metas) {
    const scanned = meta as unknown as StoredArticle;
    findings.push(
      ...(await restoreRows(store, pk.slice(contentKey.article('').pk.length), { scanned, now })),
    );
  }
  return { articles: metas.length, rows: 0, findings, next };
}

async function scan({ client, content }: Store, Segment: number, after: Key | undefined) {
  try {
    return await client.send(
      new ScanCommand({
        ...{ TableName: content, ConsistentRead: true, Limit: pageSize },
        ...{ Segment, TotalSegments: segments },
        ...(after && { ExclusiveStartKey: toAttributes(after) }),
      }),
    );
  } catch (error) {
    // Which keys belong to a segment only DynamoDB knows.
    if (after && error instanceof DynamoDBServiceException && error.name === 'ValidationException')
      throw new UnknownPlaceError('The table is not read from this key on', { cause: error });
    throw error;
  }
}

function isArticle({ pk, sk, ...fields }: Item): boolean {
  const { pk: prefix, sk: meta } = contentKey.article('');
  return pk.startsWith(prefix) && sk === meta && !('movedTo' in fields);
}
