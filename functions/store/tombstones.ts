import { QueryCommand } from '@aws-sdk/client-dynamodb';
import type { Store } from './connection.ts';
import { fromAttributes, toAttributes } from './item.ts';
import { contentKey } from './table.ts';

/** An article that readers of the stream once saw and can no longer. */
export interface GoneEntry {
  id: string;
  when: string;
}

/** The newest removals from a stream, at most `limit`. */
export async function readTombstones(
  { client, content }: Store,
  stream: string,
  { now, limit }: { now: string; limit: number },
): Promise<GoneEntry[]> {
  const { Items = [] } = await client.send(
    new QueryCommand({
      TableName: content,
      KeyConditionExpression: 'pk = :pk',
      // DynamoDB deletes expired items days late, and an article under embargo comes back by itself.
      FilterExpression: '#ttl > :seconds AND (attribute_not_exists(#until) OR #until > :now)',
      ExpressionAttributeNames: { '#ttl': 'ttl', '#until': 'until' },
      ExpressionAttributeValues: toAttributes({
        ':pk': contentKey.tombstone(stream, '', '').pk,
        ':seconds': Math.floor(Date.parse(now) / 1000),
        ':now': now,
      }),
      ScanIndexForward: false,
      Limit: limit,
    }),
  );
  return Items.map((item) => fromAttributes<GoneEntry>(item)).map(({ id, when }) => ({ id, when }));
}
