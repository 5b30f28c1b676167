import { DeleteItemCommand, QueryCommand } from '@aws-sdk/client-dynamodb';
import type { Store } from './connection.ts';
import { fromAttributes, type Key, toAttributes } from './item.ts';
import { contentKey } from './table.ts';

/** Work whose time has come. */
export interface Due extends Key {
  slug: string;
}

/** The oldest work due up to `now`, at most `limit`. */
export async function readDue({ client, content }: Store, now: string, limit: number): Promise<Due[]> {
  const { Items = [] } = await client.send(
    new QueryCommand({
      TableName: content,
      KeyConditionExpression: 'pk = :pk AND sk <= :now',
      ExpressionAttributeValues: toAttributes({ ':pk': contentKey.due('', '').pk, ':now': `${now}$` }),
      Limit: limit,
    }),
  );
  return Items.map((item) => fromAttributes<Due>(item));
}

export async function finishDue({ client, content }: Store, { pk, sk }: Due): Promise<void> {
  await client.send(new DeleteItemCommand({ TableName: content, Key: toAttributes({ pk, sk }) }));
}
