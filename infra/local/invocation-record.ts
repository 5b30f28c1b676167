import { randomUUID } from 'node:crypto';
import type { DynamoDBRecord } from 'aws-lambda';
import { functionArn } from './resolver.ts';

/** What Lambda sends to the failure queue of a mapping: where the records are, not the records. */
export type InvocationRecord = ReturnType<typeof invocationRecord>;

export function invocationRecord(
  functionId: string,
  shardId: string,
  records: DynamoDBRecord[],
  attempts: number,
) {
  const [first, last] = [records.at(0), records.at(-1)];
  return {
    requestContext: {
      requestId: randomUUID(),
      functionArn: functionArn(functionId),
      condition: 'RetryAttemptsExhausted',
      approximateInvokeCount: attempts,
    },
    responseContext: { statusCode: 200, executedVersion: '$LATEST', functionError: 'Unhandled' },
    version: '1.0',
    timestamp: new Date().toISOString(),
    DDBStreamBatchInfo: {
      shardId,
      startSequenceNumber: first?.dynamodb?.SequenceNumber,
      endSequenceNumber: last?.dynamodb?.SequenceNumber,
      approximateArrivalOfFirstRecord: arrival(first),
      approximateArrivalOfLastRecord: arrival(last),
      batchSize: records.length,
      streamArn: first?.eventSourceARN,
    },
  };
}

function arrival(record: DynamoDBRecord | undefined): string {
  return new Date((record?.dynamodb?.ApproximateCreationDateTime ?? 0) * 1000).toISOString();
}
