import { paginateQuery } from '@aws-sdk/client-dynamodb';
import type { Store } from './connection.ts';
import { fromAttributes, toAttributes } from './item.ts';
import type { StoredArticle } from './stored-article.ts';

export type Listed = Pick<StoredArticle, 'status' | 'version' | 'origin' | 'fileHash'> & { slug: string };

/** Every article ever stored, drafts and gone ones too, in the order of first storing. */
export async function readListing({ client, content }: Store): Promise<Listed[]> {
  const pages = paginateQuery(
    { client },
    {
      TableName: content,
      ConsistentRead: true,
      KeyConditionExpression: 'pk = :pk',
      ExpressionAttributeValues: toAttributes({ ':pk': 'ARTICLES' }),
    },
  );
  const rows: Listed[] = [];
  for await (const { Items = [] } of pages) rows.push(...Items.map((item) => fromAttributes<Listed>(item)));
  return rows;
}
