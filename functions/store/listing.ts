import { paginateQuery, QueryCommand } from '@aws-sdk/client-dynamodb';
import type { Store } from './connection.ts';
import { fromAttributes, toAttributes } from './item.ts';
import { partitionOf } from './rows.ts';
import type { StoredArticle } from './stored-article.ts';

export interface Listed extends Pick<StoredArticle, 'status' | 'version' | 'origin' | 'fileHash'> {
  slug: string;
  title: string;
  publishedAt: string;
}

/** A place in the list: the sort key of a row, which begins with the time its article was first stored. */
export type ListPosition = string;

export type ListedRow = Listed & { sk: ListPosition };

const allArticles = {
  KeyConditionExpression: 'pk = :pk',
  ExpressionAttributeValues: toAttributes({ ':pk': partitionOf('listed', {}) }),
};

/** Every article ever stored, drafts and gone ones too, in the order of first storing. */
export async function readListing({ client, content }: Store): Promise<Listed[]> {
  const pages = paginateQuery({ client }, { TableName: content, ConsistentRead: true, ...allArticles });
  const rows: Listed[] = [];
  for await (const { Items = [] } of pages) rows.push(...Items.map((item) => fromAttributes<Listed>(item)));
  return rows;
}

/** The same a page at a time, newest first, from behind the place that the page before ended at. */
export async function readListingPage(
  { client, content }: Store,
  { limit, after }: { limit: number; after: ListPosition | undefined },
) {
  const { Items = [], LastEvaluatedKey } = await client.send(
    new QueryCommand({
      TableName: content,
      ConsistentRead: true,
      ...allArticles,
      ScanIndexForward: false,
      Limit: limit,
      ...(after && { ExclusiveStartKey: toAttributes({ pk: partitionOf('listed', {}), sk: after }) }),
    }),
  );
  const rows = Items.map((item) => fromAttributes<ListedRow>(item));
  return { rows, next: LastEvaluatedKey && rows.at(-1)?.sk };
}
