import { randomInt } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import {
  ConditionalCheckFailedException,
  TransactionCanceledException,
  TransactWriteItemsCommand,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import { attemptOnce, type Store } from './connection.ts';
import {
  type CounterRow,
  dayAttribute,
  knownCounter,
  learnCounter,
  mostRows,
  outdatedOn,
} from './counter.ts';
import { fromAttributes, toAttributes } from './item.ts';
import { viewsKey } from './rows.ts';

/** How long a page may wait for its count, in milliseconds. */
const deadline = 2_000;
const requestTimeout = 500;

export interface View {
  /** Of the article. */
  id: string;
  /** 1–36 characters that no other view has. */
  token: string;
  /** The calendar day that it counts for, such as 2026-11-25. */
  day: string;
}

/**
 * Counts one view exactly once; throws when it could not be counted in time. One that DynamoDB left without any answer until then may
 * have been counted all the same.
 *
 * A transaction with one ADD, because DynamoDB applies a transaction's token once however often it is sent: a plain ADD counts
 * again when only its answer was lost and it is repeated.
 */
export async function countView(store: Store, { id, token, day }: View): Promise<void> {
  const abortSignal = AbortSignal.timeout(deadline);
  // What begins later than this could be cut off with its outcome unknown.
  const lastBeginning = AbortSignal.timeout(deadline - requestTimeout);
  // Made once: DynamoDB takes a token for one and the same update, and the day may end between two tries.
  const addition = additionFor(store, id, day);
  let row = randomInt(knownCounter(store, id).rows);
  let refusals = 0;
  let mayBeApplied = false;
  for (let attempt = 1; ; attempt++) {
    const ClientRequestToken = refusals === 0 ? token : `${token.slice(0, 33)}-${refusals}`;
    const Update = { ...addition, Key: toAttributes(viewsKey(id, row)) };
    const command = new TransactWriteItemsCommand({ ClientRequestToken, TransactItems: [{ Update }] });
    try {
      await store.client.send(attemptOnce(command), { abortSignal, requestTimeout });
      return;
    } catch (error) {
      if (isFinal(error) || abortSignal.aborted) throw error;
      // A refusal tells of this try alone: after one that may have been applied, another row or token could count the view twice.
      mayBeApplied ||= !isRefused(error);
      if (!mayBeApplied) {
        if (lastBeginning.aborted) throw error;
        refusals += 1;
        row = await spreadCounter(store, { id, row, refusals, abortSignal });
      }
      await pause(randomInt(10 * 2 ** Math.min(attempt, 4)), undefined, { signal: abortSignal }).catch(() => {
        throw error;
      });
    }
  }
}

function additionFor(store: Store, id: string, day: string) {
  const outdated = new Set([...outdatedOn(day), ...knownCounter(store, id).outdated]);
  return {
    TableName: store.views,
    UpdateExpression: `ADD n :one, ${dayAttribute(day)} :one REMOVE ${[...outdated].join(', ')}`,
    ExpressionAttributeValues: toAttributes({ ':one': 1 }),
  };
}

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
    await store.client.send(attemptOnce(command), { abortSignal, requestTimeout: 500 });
    return learn(wanted);
  } catch (error) {
    if (error instanceof ConditionalCheckFailedException && error.Item)
      return learn(fromAttributes<CounterRow>(error.Item).shards ?? 1);
    return rows;
  }
}

const throttles = ['ThrottlingException', 'ProvisionedThroughputExceededException', 'RequestLimitExceeded'];
const hindrances = ['TransactionConflict', 'ThrottlingError', 'ProvisionedThroughputExceeded'];

/** Whether DynamoDB says that it has not applied the write, for it was in another's way or one too many. */
export function isRefused(error: unknown): boolean {
  if (!(error instanceof TransactionCanceledException)) return throttles.includes(nameOf(error));
  const codes = (error.CancellationReasons ?? []).map(({ Code = 'None' }) => Code);
  return codes.every((code) => code === 'None' || hindrances.includes(code));
}

/** Whether DynamoDB says that the write can never be applied. Of any other error nobody knows: the answer may have got lost. */
export function isFinal(error: unknown): boolean {
  const { $metadata: { httpStatusCode: status = 500 } = {} } = error as {
    $metadata?: { httpStatusCode?: number };
  };
  return (
    status >= 400 && status < 500 && nameOf(error) !== 'TransactionInProgressException' && !isRefused(error)
  );
}

function nameOf(error: unknown): string {
  return error instanceof Error ? error.name : '';
}
