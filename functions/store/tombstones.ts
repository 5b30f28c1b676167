import { paginateQuery } from '@aws-sdk/client-dynamodb';
import type { Store } from './connection.ts';
import { fromAttributes, toAttributes } from './item.ts';
import { partitionOf } from './rows.ts';

/** An article that readers of the stream once saw and can no longer. */
export interface GoneEntry {
  /** As subscribers know it. */
  id: string;
  when: string;
}

/** The newest removals from a stream, at most `limit`. */
export async function readTombstones(
  { client, content }: Store,
  stream: string,
  { now, limit, consistent }: { now: string; limit: number; consistent?: boolean },
): Promise<GoneEntry[]> {
  const pages = paginateQuery(
    { client, pageSize: limit },
    {
      TableName: content,
      ConsistentRead: consistent,
      KeyConditionExpression: 'pk = :pk',
      // DynamoDB deletes expired items days late, and an article under embargo comes back by itself.
      FilterExpression: '#ttl > :seconds AND (attribute_not_exists(#until) OR #until > :now)',
      ExpressionAttributeNames: { '#ttl': 'ttl', '#until': 'until' },
      ExpressionAttributeValues: toAttributes({
        ':pk': partitionOf('tombstone', { stream }),
        ':seconds': Math.floor(Date.parse(now) / 1000),
        ':now': now,
      }),
      ScanIndexForward: false,
    },
  );
  const entries: GoneEntry[] = [];
  // A page's size is what was read before the filter.
  for await (const { Items = [] } of pages) {
    entries.push(
      ...Items.map((item) => fromAttributes<{ ref: string; when: string }>(item)).map(({ ref, when }) => ({
        id: ref,
        when,
      })),
    );
    if (entries.length >= limit) break;
  }
  return entries.slice(0, limit);
}
