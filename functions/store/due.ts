import {
  ConditionalCheckFailedException,
  DeleteItemCommand,
  QueryCommand,
  TransactionCanceledException,
  type TransactWriteItem,
  TransactWriteItemsCommand,
  type Update,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import type { Store } from './connection.ts';
import { fromAttributes, type Key, toAttributes } from './item.ts';
import { keyOf, partitionOf } from './rows.ts';

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
      ExpressionAttributeValues: toAttributes({ ':pk': partitionOf('embargo', {}), ':now': `${now}$` }),
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
        Key: toAttributes(keyOf('embargo', { time: until, slug })),
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

/** Pings that are due together, by when. */
interface Owed {
  stream: string;
  pings: Iterable<string>;
  /** When the stream changed. */
  since: string;
}

/** What is due for one stream at one time is one row: answers it, with what was there before. */
export async function queuePings({ client, content }: Store, when: string, owed: Owed): Promise<DuePings> {
  const update = addition(content, when, owed, ':since');
  const { Attributes = {} } = await client.send(
    new UpdateItemCommand({ ...update, ReturnValues: 'ALL_NEW' }),
  );
  return fromAttributes<DuePings>(Attributes);
}

/** Puts pings off, each to its time, and forgets the others of the row; all stay due if more was added meanwhile. */
export async function postponePings(
  store: Store,
  due: DuePings,
  later: Map<string, string[]>,
): Promise<void> {
  const { stream, since } = due;
  try {
    await replaceDue(
      store,
      due,
      // A newer change keeps its time, from which all are counted.
      [...later].map(([when, pings]) => ({
        Update: addition(store.content, when, { stream, pings, since }, 'if_not_exists(since, :since)'),
      })),
    );
  } catch (error) {
    if (!(error instanceof TransactionCanceledException)) throw error;
  }
}

function addition(TableName: string, when: string, { stream, pings, since }: Owed, newSince: string) {
  return {
    TableName,
    Key: toAttributes(keyOf('pings', { time: when, stream })),
    UpdateExpression: `SET #stream = :stream, since = ${newSince} ADD pings :pings`,
    ExpressionAttributeNames: { '#stream': 'stream' },
    ExpressionAttributeValues: toAttributes({
      ':stream': stream,
      ':since': since,
      ':pings': new Set(pings),
    }),
  } satisfies Update;
}
