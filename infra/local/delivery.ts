import { setTimeout as delay } from 'node:timers/promises';
import type { DynamoDBRecord, DynamoDBStreamEvent } from 'aws-lambda';
import { FunctionError } from './environment.ts';

/** What a function could not handle in all its attempts. */
export interface GivenUp {
  records: DynamoDBRecord[];
  attempts: number;
}

export interface Recipient {
  /** After the first attempt. */
  retries: number;
  invoke(event: DynamoDBStreamEvent): Promise<unknown>;
  giveUp(failure: GivenUp): void;
  /** Ends the wait for another attempt. */
  signal: AbortSignal;
}

/**
 * Hands records to the function until each is handled or given up, as Lambda does for a mapping that bisects and hears of partial
 * failures. Rejects when aborted.
 */
export async function deliver(records: DynamoDBRecord[], to: Recipient, failures = 0): Promise<void> {
  for (let failed = failures; ; failed += 1) {
    const first = await findFirstFailure(records, to);
    if (first === undefined) return;
    if (first > 0) return deliver(records.slice(first), to);
    // Halving uses up no attempt.
    if (records.length > 1) {
      const middle = Math.ceil(records.length / 2);
      await deliver(records.slice(0, middle), to, failed);
      return deliver(records.slice(middle), to, failed);
    }
    if (failed === to.retries) return to.giveUp({ records, attempts: failed + 1 });
    await delay(Math.min(10 * 2 ** failed, 10_000), undefined, { signal: to.signal });
  }
}

/** The position of the first record that was not handled, below 1 for the whole batch; undefined when all were. */
async function findFirstFailure(records: DynamoDBRecord[], to: Recipient): Promise<number | undefined> {
  let result: unknown;
  try {
    result = await to.invoke({ Records: records });
  } catch (error) {
    if (!(error instanceof FunctionError)) throw error;
    return 0;
  }
  const { batchItemFailures } = (result ?? {}) as {
    batchItemFailures?: { itemIdentifier?: string }[] | null;
  };
  if (!batchItemFailures?.length) return undefined;
  const positions = batchItemFailures.map(({ itemIdentifier }) =>
    records.findIndex(({ dynamodb }) => dynamodb?.SequenceNumber === itemIdentifier),
  );
  // An identifier that is not in the batch, at -1, fails all of it.
  return Math.min(...positions);
}
