import { setTimeout as delay } from 'node:timers/promises';
import type { DynamoDBRecord, DynamoDBStreamEvent } from 'aws-lambda';
import { FunctionError } from './environment.ts';
import type { EventSource } from './event-source.ts';

export interface Recipient {
  source: EventSource;
  invoke(event: DynamoDBStreamEvent): Promise<unknown>;
  /** Gets what failed in every attempt. */
  giveUp(records: DynamoDBRecord[], attempts: number): void;
  /** Ends the wait for another attempt. */
  signal: AbortSignal;
}

/** Hands records to the function until each is handled or given up, by the rules of the mapping; rejects when aborted. */
export async function deliver(records: DynamoDBRecord[], to: Recipient, failures = 0): Promise<void> {
  const { bisects, retries } = to.source;
  for (let failed = failures; ; failed += 1) {
    const first = await firstFailure(records, to);
    if (first === undefined) return;
    if (first > 0) return deliver(records.slice(first), to);
    // Halving uses up no attempt.
    if (bisects && records.length > 1) {
      const middle = Math.ceil(records.length / 2);
      await deliver(records.slice(0, middle), to, failed);
      return deliver(records.slice(middle), to, failed);
    }
    if (failed === retries) return to.giveUp(records, failed + 1);
    await delay(Math.min(10 * 2 ** failed, 10_000), undefined, { signal: to.signal });
  }
}

/** The position of the first record that was not handled, below 1 for the whole batch; undefined when all were. */
async function firstFailure(records: DynamoDBRecord[], to: Recipient): Promise<number | undefined> {
  let result: unknown;
  try {
    result = await to.invoke({ Records: records });
  } catch (error) {
    if (!(error instanceof FunctionError)) throw error;
    return 0;
  }
  if (!to.source.reportsItems) return undefined;
  const { batchItemFailures } = (result ?? {}) as {
    batchItemFailures?: { itemIdentifier?: string }[] | null;
  };
  if (!batchItemFailures?.length) return undefined;
  const positions = batchItemFailures.map(({ itemIdentifier }) =>
    records.findIndex(({ dynamodb }) => dynamodb?.SequenceNumber === itemIdentifier),
  );
  // An identifier that is none of the batch, at -1, fails all of it.
  return Math.min(...positions);
}
