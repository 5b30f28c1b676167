import type { Context, DynamoDBBatchResponse, DynamoDBRecord, DynamoDBStreamEvent } from 'aws-lambda';
import { type AnnounceBackend, announceStream, openAnnounceBackend } from './announce/announce-stream.ts';
import { sendPings } from './announce/send-pings.ts';
import { logger, logInvocation } from './runtime/log.ts';
import { limitCalls } from './store/connection.ts';
import type { DuePings } from './store/due.ts';
import { partsOf } from './store/rows.ts';

/** A slow hub must not hold up the next changes: the sweep sends what is left. */
const pingingMilliseconds = 5_000;
let backend: AnnounceBackend | undefined;

/**
 * Runs when cards of a stream have changed: tells hubs. They fetch what there is by then, so a doubled, late or reordered record does no
 * harm.
 */
export async function handler(event: DynamoDBStreamEvent, context?: Context): Promise<DynamoDBBatchResponse> {
  logInvocation(context);
  limitCalls(context);
  backend ??= openAnnounceBackend();
  const batchItemFailures: DynamoDBBatchResponse['batchItemFailures'] = [];
  const queued: DuePings[] = [];
  const changed = changedStreams(event, backend.now());
  for (const [stream, records] of changed) {
    try {
      queued.push(...(await announceStream(backend, stream)));
    } catch (error) {
      logger.error('The hubs of a stream were not told of its change', { stream, error: error as Error });
      for (const { dynamodb } of records)
        batchItemFailures.push({ itemIdentifier: dynamodb?.SequenceNumber ?? '' });
    }
  }
  await sendPings(backend, queued, performance.now() + pingingMilliseconds);
  return { batchItemFailures };
}

/** The records of visible changes, by stream. A card under embargo changes no feed: the sweep announces it later. */
function changedStreams({ Records }: DynamoDBStreamEvent, now: string): Map<string, DynamoDBRecord[]> {
  const changed = new Map<string, DynamoDBRecord[]>();
  for (const record of Records) {
    const { pk, sk } = record.dynamodb?.Keys ?? {};
    const card = partsOf('card', { pk: pk?.S ?? '', sk: sk?.S ?? '' });
    if (!card || card.time > now) continue;
    const { stream } = card;
    changed.set(stream, [...(changed.get(stream) ?? []), record]);
  }
  return changed;
}
