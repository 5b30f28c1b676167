import { paginateQuery } from '@aws-sdk/client-dynamodb';
import type { Store } from './connection.ts';
import { fromAttributes, toAttributes } from './item.ts';
import { partitionOf } from './rows.ts';

/** An article that has left the stream. */
export interface GoneEntry {
  /** The id that its feeds showed. */
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
      // DynamoDB deletes expired items days late, and an article under embargo returns without a write.
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
  // The page size counts the rows before the filter, so a page may hold too few.
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
