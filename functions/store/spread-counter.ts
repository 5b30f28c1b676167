import { randomInt } from 'node:crypto';
import { ConditionalCheckFailedException, UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import type { Store } from './connection.ts';
import { type CounterRow, knownCounter, learnCounter, mostRows } from './counter.ts';
import { fromAttributes, toAttributes } from './item.ts';
import { viewsKey } from './table.ts';
import { triedOnce } from './tried-once.ts';

interface Crowd {
  id: string;
  /** The row that refused a view. */
  row: number;
  /** How often this view has been refused. */
  refusals: number;
  abortSignal: AbortSignal;
}

/** Another row for a view that was refused; the same one where there is no other. */
export async function spreadCounter(
  store: Store,
  { id, row, refusals, abortSignal }: Crowd,
): Promise<number> {
  const { rows } = knownCounter(store, id);
  // Two readers may meet once by chance, and rows stay for ever. Who has been refused more often asks for more.
  const wanted = Math.min(mostRows, rows * 2 ** (refusals - 1));
  const count = wanted > rows ? await addRows(store, id, { rows, wanted }, abortSignal) : rows;
  return count === 1 ? row : (row + 1 + randomInt(count - 1)) % count;
}

/**
 * Gives a counter as many rows as are wanted, unless it has more, and answers how many are known of.
 *
 * By itself, before any of the new rows has a view, so that no reader can miss one: together with a view it would have to get through the
 * busy first row and the new one at once. The first row may be too busy for it, too; then the next view that is refused tries again.
 */
async function addRows(
  store: Store,
  id: string,
  { rows, wanted }: { rows: number; wanted: number },
  abortSignal: AbortSignal,
): Promise<number> {
  const command = new UpdateItemCommand({
    TableName: store.views,
    Key: toAttributes(viewsKey(id)),
    UpdateExpression: 'SET shards = :wanted ADD n :none',
    // The counter of a deleted article gets no rows that nobody would let go.
    ConditionExpression: 'attribute_not_exists(#ttl) AND (attribute_not_exists(shards) OR shards < :wanted)',
    ExpressionAttributeNames: { '#ttl': 'ttl' },
    ExpressionAttributeValues: toAttributes({ ':wanted': wanted, ':none': 0 }),
    ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
  });
  const { outdated } = knownCounter(store, id);
  const learn = (rows: number) => {
    learnCounter(store, id, { rows, outdated });
    return rows;
  };
  try {
    await store.client.send(triedOnce(command), { abortSignal, requestTimeout: 500 });
    return learn(wanted);
  } catch (error) {
    if (error instanceof ConditionalCheckFailedException && error.Item)
      return learn(fromAttributes<CounterRow>(error.Item).shards ?? 1);
    return rows;
  }
}
