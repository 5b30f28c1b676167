import { randomInt } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import {
  TransactionCanceledException,
  type TransactWriteItem,
  TransactWriteItemsCommand,
} from '@aws-sdk/client-dynamodb';
import { TooLargeError } from '../article/fault.ts';
import type { Store } from './connection.ts';
import { toAttributes } from './item.ts';
import type { StoredArticle } from './stored-article.ts';

/** A transaction to be. */
export interface Plan {
  writes: TransactWriteItem[];
  /** What a failed condition of the write at this index means to the writer of the article. */
  claims: Map<number, { pointer: string; message: string }>;
  /** Bytes of the items put, near enough to how DynamoDB counts the 4 MB of a transaction. */
  bytes: number;
}

/** A slug or guid that the write needs belongs to another article. */
export class TakenError extends Error {
  override name = 'TakenError';
  readonly pointer: string;

  constructor(pointer: string, message: string) {
    super(message);
    this.pointer = pointer;
  }
}

const maxItems = 100;
const maxBytes = 4_000_000;
/** With the pauses between them 9 seconds, and never above 18: API Gateway waits 30. */
const attempts = 20;

/**
 * Reads, decides and writes in one transaction: commits what `prepare` plans, and has it plan again, from what it reads then, as long as
 * other writers come first. Writes nothing without a plan. Throws TakenError, TooLargeError, what `prepare` throws, or the last conflict when 20 plans
 * lost the race.
 */
export async function commit<Result>(
  { client }: Store,
  prepare: () => Promise<{ plan: Plan | undefined; result: Result }>,
): Promise<Result> {
  for (let attempt = 1; ; attempt++) {
    const { plan, result } = await prepare();
    if (!plan) return result;
    if (plan.writes.length > maxItems || plan.bytes > maxBytes)
      throw new TooLargeError('The article has too much text, tags and aliases to be stored in one step');
    try {
      await client.send(new TransactWriteItemsCommand({ TransactItems: plan.writes }));
      return result;
    } catch (error) {
      if (!(error instanceof TransactionCanceledException)) throw error;
      throwIfTaken(error, plan);
      if (attempt === attempts) throw error;
      // Up to 1.3 seconds, so that fifty writers at once leave room for one another.
      await pause(randomInt(5 * 2 ** Math.min(attempt, 8)));
    }
  }
}

function throwIfTaken(error: TransactionCanceledException, { claims }: Plan): void {
  const failed = error.CancellationReasons?.map(({ Code }) => Code === 'ConditionalCheckFailed') ?? [];
  // The article itself has changed meanwhile, and what it may claim with it.
  if (failed[0]) return;
  for (const [index, { pointer, message }] of claims)
    if (failed[index]) throw new TakenError(pointer, message);
}

export function sameVersion(current: StoredArticle | undefined) {
  return {
    ConditionExpression: 'version = :version',
    ExpressionAttributeValues: toAttributes({ ':version': current?.version }),
  };
}
