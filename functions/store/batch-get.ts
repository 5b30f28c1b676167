import { randomInt } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import {
  BatchGetItemCommand,
  type BatchGetItemCommandOutput,
  ProvisionedThroughputExceededException,
} from '@aws-sdk/client-dynamodb';
import type { Store } from './connection.ts';
import { type Attributes, fromAttributes, type Key, toAttributes } from './item.ts';

/** Of one call. */
const mostKeys = 100;
/** With the pauses between them about a second. */
const rounds = 8;

export interface Reading {
  ConsistentRead?: boolean;
  TableName?: string;
}

/**
 * The items with these keys (at most 100) that exist, in no order; of the Content table and read consistently unless told otherwise.
 * Throws as DynamoDB does for a single item when it has left out some of them in all of 8 rounds.
 */
export async function batchGet<Shape extends object>(
  { client, content }: Store,
  keys: Key[],
  { ConsistentRead = true, TableName = content }: Reading = {},
): Promise<(Shape & Key)[]> {
  const items: (Shape & Key)[] = [];
  let Keys: Attributes[] | undefined = keys.map(toAttributes);
  for (let round = 1; Keys?.length; round++) {
    const answer: BatchGetItemCommandOutput = await client.send(
      new BatchGetItemCommand({ RequestItems: { [TableName]: { Keys, ConsistentRead } } }),
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
