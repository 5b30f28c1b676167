import { randomInt } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import {
  BatchGetItemCommand,
  type BatchGetItemCommandOutput,
  GetItemCommand,
  ProvisionedThroughputExceededException,
  paginateQuery,
  QueryCommand,
  type QueryCommandInput,
} from '@aws-sdk/client-dynamodb';
import type { Store } from './connection.ts';
import { type Attributes, fromAttributes, type Key, toAttributes } from './item.ts';

/** Of one call. */
const mostKeys = 100;
/** With the pauses between them about a second. */
const rounds = 8;

/** A read that need not be consistent costs half, and may be a second old. */
export interface Reading {
  ConsistentRead?: boolean;
  TableName?: string;
  /** Ends the call, but no pause between two attempts. */
  abortSignal?: AbortSignal;
}

/** A row of the Content table, read consistently unless told otherwise. */
export async function findItem<Shape extends object>(
  { client, content }: Store,
  key: Key,
  { ConsistentRead = true }: Reading = {},
): Promise<(Shape & Key) | undefined> {
  const Key = toAttributes(key);
  const { Item } = await client.send(new GetItemCommand({ TableName: content, Key, ConsistentRead }));
  return Item && fromAttributes<Shape>(Item);
}

/** Every row of a partition of the Content table, in the order of their keys. */
export async function readPartition<Shape extends object>(
  { client, content }: Store,
  pk: string,
  { ConsistentRead }: { ConsistentRead: boolean },
): Promise<(Shape & Key)[]> {
  const query: QueryCommandInput = {
    TableName: content,
    ConsistentRead,
    KeyConditionExpression: 'pk = :pk',
    ExpressionAttributeValues: toAttributes({ ':pk': pk }),
  };
  const rows: (Shape & Key)[] = [];
  for await (const { Items = [] } of paginateQuery({ client }, query))
    rows.push(...Items.map((item) => fromAttributes<Shape>(item)));
  return rows;
}

/** One page of a partition, in the order of its sort keys. `after` is the sort key that the page before ended with: its `next`. */
export async function readRowPage<Shape extends object>(
  { client, content }: Store,
  pk: string,
  {
    limit,
    after,
    isNewestFirst = false,
  }: { limit: number; after: string | undefined; isNewestFirst?: boolean },
): Promise<{ rows: (Shape & { pk: string; sk: string })[]; next: string | undefined }> {
  const { Items = [], LastEvaluatedKey } = await client.send(
    new QueryCommand({
      TableName: content,
      ConsistentRead: true,
      KeyConditionExpression: 'pk = :pk',
      ExpressionAttributeValues: toAttributes({ ':pk': pk }),
      ScanIndexForward: !isNewestFirst,
      Limit: limit,
      ExclusiveStartKey: after === undefined ? undefined : toAttributes({ pk, sk: after }),
    }),
  );
  const rows = Items.map((item) => fromAttributes<Shape & { pk: string; sk: string }>(item));
  return { rows, next: LastEvaluatedKey && rows.at(-1)?.sk };
}

/** The oldest rows of a partition whose keys begin with a time up to `time`, at most `limit`. */
export async function readUpTo<Shape extends object>(
  { client, content }: Store,
  pk: string,
  time: string,
  { limit, ConsistentRead }: { limit: number; ConsistentRead: boolean },
): Promise<(Shape & Key)[]> {
  const { Items = [] } = await client.send(
    new QueryCommand({
      TableName: content,
      ConsistentRead,
      KeyConditionExpression: 'pk = :pk AND sk <= :time',
      // `$` sorts directly after `#`, which follows the time in a key.
      ExpressionAttributeValues: toAttributes({ ':pk': pk, ':time': `${time}$` }),
      Limit: limit,
    }),
  );
  return Items.map((item) => fromAttributes<Shape>(item));
}

/**
 * The items with these keys (at most 100) that exist, in no order; of the Content table and read consistently unless told otherwise.
 * Throws as DynamoDB does for a single item if some are still left out after 8 rounds.
 */
export async function batchGet<Shape extends object>(
  { client, content }: Store,
  keys: Key[],
  { ConsistentRead = true, TableName = content, abortSignal }: Reading = {},
): Promise<(Shape & Key)[]> {
  const items: (Shape & Key)[] = [];
  let Keys: Attributes[] | undefined = keys.map(toAttributes);
  for (let round = 1; Keys?.length; round++) {
    const answer: BatchGetItemCommandOutput = await client.send(
      new BatchGetItemCommand({ RequestItems: { [TableName]: { Keys, ConsistentRead } } }),
      abortSignal && { abortSignal },
    );
    items.push(...(answer.Responses?.[TableName] ?? []).map((item) => fromAttributes<Shape>(item)));
    Keys = answer.UnprocessedKeys?.[TableName]?.Keys;
    if (!Keys?.length) break;
    if (round === rounds)
      throw new ProvisionedThroughputExceededException({
        message: `${Keys.length} of ${keys.length} items were left out`,
        $metadata: answer.$metadata,
      });
    // What DynamoDB leaves out is what it has no capacity for at the moment.
    await pause(randomInt(5 * 2 ** round));
  }
  return items;
}

/** The same for any number of keys. */
export async function batchGetAll<Shape extends object>(
  store: Store,
  keys: Key[],
  reading: Reading = {},
): Promise<(Shape & Key)[]> {
  const items: (Shape & Key)[] = [];
  for (let start = 0; start < keys.length; start += mostKeys)
    items.push(...(await batchGet<Shape>(store, keys.slice(start, start + mostKeys), reading)));
  return items;
}
