import { randomInt } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import {
  GetItemCommand,
  TransactionCanceledException,
  TransactWriteItemsCommand,
} from '@aws-sdk/client-dynamodb';
import type { Store } from './connection.ts';
import { fromAttributes, toAttributes } from './item.ts';
import { viewsKey } from './table.ts';

/** How long a page may wait for its count, in milliseconds. */
const deadline = 2_000;
const requestTimeout = 500;

/**
 * Counts one view exactly once, by whatever `token` (1–36 characters) names it; throws when it could not be counted in time.
 *
 * A transaction with one ADD, because DynamoDB applies a transaction's token once however often it is sent: a plain ADD counts
 * again when only its answer was lost and the SDK repeats it.
 */
export async function countView({ client, views }: Store, id: string, token: string): Promise<void> {
  const abortSignal = AbortSignal.timeout(deadline);
  const Update = {
    TableName: views,
    Key: toAttributes(viewsKey(id)),
    UpdateExpression: 'ADD n :one',
    ExpressionAttributeValues: toAttributes({ ':one': 1 }),
  };
  for (let attempt = 0; ; attempt++) {
    // A cancelled transaction was definitely not applied, so that its next attempt is a new one.
    const ClientRequestToken = attempt === 0 ? token : `${token.slice(0, 33)}-${attempt}`;
    const command = new TransactWriteItemsCommand({ ClientRequestToken, TransactItems: [{ Update }] });
    try {
      await client.send(command, { abortSignal, requestTimeout });
      return;
    } catch (error) {
      if (!(error instanceof TransactionCanceledException)) throw error;
      await pause(randomInt(10 * 2 ** Math.min(attempt, 4)), undefined, { signal: abortSignal });
    }
  }
}

/** The count as of every answered write. */
export async function readViews({ client, views }: Store, id: string): Promise<number> {
  const { Item } = await client.send(
    new GetItemCommand({ TableName: views, Key: toAttributes(viewsKey(id)), ConsistentRead: true }),
  );
  return Item ? (fromAttributes<{ n?: number }>(Item).n ?? 0) : 0;
}
