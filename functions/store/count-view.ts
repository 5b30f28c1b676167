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
  readBetween,
} from './counter.ts';
import { fromAttributes, toAttributes } from './item.ts';
import { viewsKey } from './rows.ts';

/** Milliseconds that a page waits for its count. */
const deadline = 2_000;
const requestTimeout = 500;
/**
 * Refusals in a row, over all views in this environment, at which a counter of one row gets three more; two more refusals at four rows. Two
 * views that meet by chance are refused once or twice, and rows are never removed.
 */
const endurance = 3;

interface View {
  /** The article's. */
  id: string;
  /** 1–36 characters that no other view has. */
  token: string;
  /** The calendar day, such as 2026-11-25. */
  day: string;
}

/**
 * Counts one view exactly once, and returns the row that took it. Throws if it could not be counted within two seconds; if DynamoDB never
 * answered, it may have been counted.
 *
 * Each view is a transaction with one ADD, because DynamoDB applies a transaction token only once, however often it is sent. A plain ADD
 * that is repeated after a lost answer counts twice.
 */
export async function countView(store: Store, { id, token, day }: View): Promise<number> {
  const abortSignal = AbortSignal.timeout(deadline);
  // An attempt that starts later could be cut off before its outcome is known.
  const lastBeginning = AbortSignal.timeout(deadline - requestTimeout);
  // Made once, because a token stands for one update, and the day may end between two attempts.
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
      learnCounter(store, id, { refusals: 0 });
      return row;
    } catch (error) {
      if (isFinal(error) || abortSignal.aborted) throw error;
      // A refusal is about this attempt only. If an earlier one may have been applied, another row or token could count the view twice.
      mayBeApplied ||= !isRefused(error);
      if (!mayBeApplied) {
        if (lastBeginning.aborted) throw error;
        refusals += 1;
        row = await nextRow(store, { id, row, refusals, abortSignal });
      }
      await pause(randomInt(Math.min(20 * attempt, 40)), undefined, { signal: abortSignal }).catch(() => {
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

interface RefusedView {
  id: string;
  /** The row that refused a view. */
  row: number;
  /** How often this view has been refused. */
  refusals: number;
  abortSignal: AbortSignal;
}

/** The row to try next for a view that was refused: the same one after a chance collision, or if there is no other. */
async function nextRow(store: Store, { id, row, refusals, abortSignal }: RefusedView): Promise<number> {
  const { rows: before, refusals: earlier } = knownCounter(store, id);
  const inARow = earlier + 1;
  learnCounter(store, id, { refusals: inARow });
  // Others may have spread it: in a rush most environments are new, and all would go on with the first row.
  if (before < mostRows) await learnRows(store, id, abortSignal);
  const { rows } = knownCounter(store, id);
  if (inARow >= endurance + Math.log2(rows) && rows < mostRows)
    await spreadCounter(store, id, Math.min(mostRows, rows * 4), abortSignal);
  const { rows: count } = knownCounter(store, id);
  const isChance = refusals === 1 && count === before;
  return count === 1 || isChance ? row : (row + 1 + randomInt(count - 1)) % count;
}

/** Costs one read unit. A failure says nothing: the next refused view asks again. */
async function learnRows(store: Store, id: string, abortSignal: AbortSignal): Promise<void> {
  const [first] = await readBetween(store, id, 0, 1, abortSignal).catch(() => []);
  if (first) learnCounter(store, id, { rows: first.shards ?? 1 });
}

/**
 * Gives a counter this many rows, or learns how many others have given it.
 *
 * The first row is told before any new row has a view, so that no reader misses one. If the first row is too busy for that, the next
 * refused view tries again.
 */
export async function spreadCounter(
  store: Store,
  id: string,
  wanted: number,
  abortSignal: AbortSignal,
): Promise<void> {
  const command = new UpdateItemCommand({
    TableName: store.views,
    Key: toAttributes(viewsKey(id)),
    UpdateExpression: 'SET shards = :wanted ADD n :none',
    // The counter of a deleted article expires: a new row would stay for ever.
    ConditionExpression: 'attribute_not_exists(#ttl) AND (attribute_not_exists(shards) OR shards < :wanted)',
    ExpressionAttributeNames: { '#ttl': 'ttl' },
    ExpressionAttributeValues: toAttributes({ ':wanted': wanted, ':none': 0 }),
    ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
  });
  try {
    await store.client.send(attemptOnce(command), { abortSignal, requestTimeout });
    learnCounter(store, id, { rows: wanted, refusals: 0 });
  } catch (error) {
    if (error instanceof ConditionalCheckFailedException && error.Item)
      learnCounter(store, id, { rows: fromAttributes<CounterRow>(error.Item).shards ?? 1, refusals: 0 });
  }
}

const throttles = ['ThrottlingException', 'ProvisionedThroughputExceededException', 'RequestLimitExceeded'];
const hindrances = ['TransactionConflict', 'ThrottlingError', 'ProvisionedThroughputExceeded'];

/** Whether DynamoDB did not apply the write because of a conflict or a throttle. */
function isRefused(error: unknown): boolean {
  if (!(error instanceof TransactionCanceledException)) return throttles.includes(nameOf(error));
  const codes = (error.CancellationReasons ?? []).map(({ Code = 'None' }) => Code);
  return codes.every((code) => code === 'None' || hindrances.includes(code));
}

/** Whether the write can never succeed. After any other error it may have been applied: the answer may be lost. */
function isFinal(error: unknown): boolean {
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
