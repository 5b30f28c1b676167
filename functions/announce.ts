import type { Context, DynamoDBBatchResponse, DynamoDBRecord, DynamoDBStreamEvent } from 'aws-lambda';
import type { Desk } from './read/desk.ts';
import { openDesk } from './read/open-desk.ts';
import { refreshFeeds } from './read/refresh-feeds.ts';
import { logger, logInvocation } from './runtime/log.ts';
import { limitCalls } from './store/connection.ts';
import { streamOfCard } from './store/table.ts';

let desk: Desk | undefined;

/** What follows a change of cards. Level-triggered: a doubled, late or reordered record finds nothing left to do. */
export async function handler(event: DynamoDBStreamEvent, context?: Context): Promise<DynamoDBBatchResponse> {
  logInvocation(context);
  limitCalls(context);
  desk ??= openDesk();
  const changed = new Map<string, DynamoDBRecord[]>();
  for (const record of event.Records) {
    const stream = streamOfCard(record.dynamodb?.Keys?.pk?.S ?? '');
    changed.set(stream, [...(changed.get(stream) ?? []), record]);
  }
  const batchItemFailures: DynamoDBBatchResponse['batchItemFailures'] = [];
  for (const [stream, records] of changed) {
    try {
      await refreshFeeds(desk, stream);
    } catch (error) {
      logger.error('The feeds of a stream were not refreshed', { stream, error: error as Error });
      for (const { dynamodb } of records)
        batchItemFailures.push({ itemIdentifier: dynamodb?.SequenceNumber ?? '' });
    }
  }
  return { batchItemFailures };
}
