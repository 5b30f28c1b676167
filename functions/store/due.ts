import {
  TransactionCanceledException,
  type TransactWriteItem,
  TransactWriteItemsCommand,
  type Update,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import type { Store } from './connection.ts';
import { fromAttributes, type Key, toAttributes } from './item.ts';
import { readUpTo } from './read-items.ts';
import { keyOf, partitionOf, partsOf } from './rows.ts';
import { removeRow } from './transaction.ts';

/** An article whose embargo has ended. */
export interface DueEmbargo extends Key {
  slug: string;
  /** When it ended; set once its announcement has been postponed. */
  since?: string;
}

/** The pings that hubs are to get about a stream. */
export interface DuePings extends Key {
  stream: string;
  /** Format and hub, as `pingsOf` writes them. */
  pings: Set<string>;
  /** When the stream changed. */
  since: string;
}

/** Work whose time has come. */
type Due = DueEmbargo | DuePings;

/** The oldest work due up to `now`, at most `limit`. */
export function readDue(store: Store, now: string, limit: number): Promise<Due[]> {
  return readUpTo(store, partitionOf('embargo', {}), now, { limit, ConsistentRead: false });
}

/** Deletes the work, unless more has been added to it since it was read. */
export async function finishDue(store: Store, due: Due): Promise<void> {
  await removeRow(store, due, conditionOf(due));
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

/** Deletes the work and writes other work in one transaction, which fails if more has been added to it since it was read. */
async function replaceDue({ client, content }: Store, due: Due, others: TransactWriteItem[]): Promise<void> {
  const { pk, sk } = due;
  const Delete = { TableName: content, Key: toAttributes({ pk, sk }), ...conditionOf(due) };
  await client.send(new TransactWriteItemsCommand({ TransactItems: [{ Delete }, ...others] }));
}

/** When the work was due. */
export function timeOfDue(due: Key): string {
  return partsOf('embargo', due)?.time ?? '';
}

function conditionOf({ since }: Due): object {
  if (since === undefined) return {};
  return {
    ConditionExpression: 'since = :since',
    ExpressionAttributeValues: toAttributes({ ':since': since }),
  };
}

/** Pings that are due at the same time. */
interface Owed {
  stream: string;
  pings: Iterable<string>;
  /** When the stream changed. */
  since: string;
}

/** Adds the pings to the row of this stream and time, and returns the whole row. */
export async function queuePings({ client, content }: Store, when: string, owed: Owed): Promise<DuePings> {
  const update = addition(content, when, owed, ':since');
  const { Attributes = {} } = await client.send(
    new UpdateItemCommand({ ...update, ReturnValues: 'ALL_NEW' }),
  );
  return fromAttributes<DuePings>(Attributes);
}

/** Moves pings to later times and drops the rest of the row. Changes nothing if more has been added to the row since it was read. */
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
      // Where a newer change waits already, its `since` stands.
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
