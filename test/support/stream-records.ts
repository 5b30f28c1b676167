import { DescribeTableCommand } from '@aws-sdk/client-dynamodb';
import {
  DescribeStreamCommand,
  DynamoDBStreamsClient,
  GetRecordsCommand,
  GetShardIteratorCommand,
} from '@aws-sdk/client-dynamodb-streams';
import { inject } from 'vitest';
import type { Store } from '../../functions/store/connection.ts';
import { clientSettings } from '../../infra/local/account.ts';

/** How many changes of the Content table its stream tells of, since it was made. */
export async function countStreamRecords({ client, content }: Store): Promise<number> {
  const { Table } = await client.send(new DescribeTableCommand({ TableName: content }));
  const streams = new DynamoDBStreamsClient(clientSettings(inject('dynamodbEndpoint')));
  const StreamArn = Table?.LatestStreamArn;
  const { StreamDescription } = await streams.send(new DescribeStreamCommand({ StreamArn }));
  let count = 0;
  for (const { ShardId } of StreamDescription?.Shards ?? []) {
    const start = { StreamArn, ShardId, ShardIteratorType: 'TRIM_HORIZON' as const };
    let { ShardIterator } = await streams.send(new GetShardIteratorCommand(start));
    while (ShardIterator) {
      const page = await streams.send(new GetRecordsCommand({ ShardIterator }));
      count += page.Records?.length ?? 0;
      ShardIterator = page.Records?.length ? page.NextShardIterator : undefined;
    }
  }
  streams.destroy();
  return count;
}
