import { randomInt } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { BatchGetItemCommand, type BatchGetItemCommandOutput } from '@aws-sdk/client-dynamodb';
import type { Store } from './connection.ts';
import { type Attributes, fromAttributes, type Key, toAttributes } from './item.ts';

/** The items of the Content table with these keys (at most 100) that exist, in no order; read consistently unless told otherwise. */
export async function batchGet<Shape extends object>(
  { client, content }: Store,
  keys: Key[],
  { ConsistentRead } = { ConsistentRead: true },
): Promise<(Shape & Key)[]> {
  const items: (Shape & Key)[] = [];
  let Keys: Attributes[] | undefined = keys.map(toAttributes);
  for (let attempt = 0; Keys?.length; attempt++) {
    // DynamoDB leaves out what is too much for it, and more so for whoever asks again at once.
    if (attempt > 0) await pause(randomInt(10 * 2 ** Math.min(attempt, 7)));
    const answer: BatchGetItemCommandOutput = await client.send(
      new BatchGetItemCommand({ RequestItems: { [content]: { Keys, ConsistentRead } } }),
    );
    items.push(...(answer.Responses?.[content] ?? []).map((item) => fromAttributes<Shape>(item)));
    Keys = answer.UnprocessedKeys?.[content]?.Keys;
  }
  return items;
}
