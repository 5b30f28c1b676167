import {
  ConditionalCheckFailedException,
  DeleteItemCommand,
  QueryCommand,
  type TransactWriteItem,
  TransactWriteItemsCommand,
} from '@aws-sdk/client-dynamodb';
import type { Store } from './connection.ts';
import { fromAttributes, type Key, toAttributes } from './item.ts';
import { contentKey } from './table.ts';

/** An article whose embargo has ended. */
export interface DueEmbargo extends Key {
  slug: string;
  /** When it ended, of one whose announcement has been put off. */
  since?: string;
}

/** What hubs are to be told of a stream. */
export interface DuePings extends Key {
  stream: string;
  /** As pingsOf names them. */
  pings: Set<string>;
  /** When the stream changed. */
  since: string;
}

/** Work whose time has come. */
export type Due = DueEmbargo | DuePings;

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

/** Takes the work off the list, unless more has been added to it meanwhile. */
export async function finishDue({ client, content }: Store, due: Due): Promise<void> {
  try {
    await client.send(new DeleteItemCommand({ TableName: content, ...removalOf(due) }));
  } catch (error) {
    if (!(error instanceof ConditionalCheckFailedException)) throw error;
  }
}

export async function postponeEmbargo(store: Store, due: DueEmbargo, until: string): Promise<void> {
  const { slug, since } = due;
  await replaceDue(store, due, [
    {
      Update: {
        TableName: store.content,
        Key: toAttributes(contentKey.due(until, `EMBARGO#${slug}`)),
        UpdateExpression: 'SET slug = :slug, since = :since',
        ExpressionAttributeValues: toAttributes({ ':slug': slug, ':since': since ?? timeOfDue(due) }),
      },
    },
  ]);
}

/** Takes the work off the list and writes other in its place, in one step; neither if more has been added to it meanwhile. */
export async function replaceDue(
  { client, content }: Store,
  due: Due,
  others: TransactWriteItem[],
): Promise<void> {
  const Delete = { TableName: content, ...removalOf(due) };
  await client.send(new TransactWriteItemsCommand({ TransactItems: [{ Delete }, ...others] }));
}

/** When the work was to be done. */
export function timeOfDue({ sk = '' }: Key): string {
  return sk.slice(0, sk.indexOf('#'));
}

function removalOf({ pk, sk, since }: Due) {
  const Key = toAttributes({ pk, sk });
  return since === undefined
    ? { Key }
    : {
        Key,
        ConditionExpression: 'since = :since',
        ExpressionAttributeValues: toAttributes({ ':since': since }),
      };
}
