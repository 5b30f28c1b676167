import { QueryCommand } from '@aws-sdk/client-dynamodb';
import type { Store } from './connection.ts';
import { fromAttributes, toAttributes } from './item.ts';
import { readPartition } from './read-items.ts';
import { partitionOf } from './rows.ts';
import type { StoredArticle } from './stored-article.ts';

export interface Listed
  extends Pick<StoredArticle, 'status' | 'version' | 'origin' | 'fileHash' | 'erasedAt'> {
  slug: string;
  title: string;
  publishedAt: string;
}

export type ListedRow = Listed & { pk: string; sk: string };

/** Every article ever stored, drafts and removed ones included, in the order in which they were first stored. */
export function readListing(store: Store): Promise<Listed[]> {
  return readPartition<Listed>(store, partitionOf('listed', {}), { ConsistentRead: true });
}

/** One page of the same, newest first. `after` is a sort key: the `next` of the page before. */
export async function readListingPage(
  { client, content }: Store,
  { limit, after }: { limit: number; after: string | undefined },
) {
  const pk = partitionOf('listed', {});
  const { Items = [], LastEvaluatedKey } = await client.send(
    new QueryCommand({
      TableName: content,
      ConsistentRead: true,
      KeyConditionExpression: 'pk = :pk',
      ExpressionAttributeValues: toAttributes({ ':pk': pk }),
      ScanIndexForward: false,
      Limit: limit,
      ExclusiveStartKey: after === undefined ? undefined : toAttributes({ pk, sk: after }),
    }),
  );
  const rows = Items.map((item) => fromAttributes<ListedRow>(item));
  return { rows, next: LastEvaluatedKey && rows.at(-1)?.sk };
}
