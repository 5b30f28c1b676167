import { UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import type { Store } from './connection.ts';
import { toAttributes } from './item.ts';
import { findItem, readPartition } from './read-items.ts';
import { keyOf, partitionOf } from './rows.ts';
import { putRow, removeRow, unlessRefused } from './transaction.ts';

/** By which a hub tells of a source's changes. Times are ISO 8601 in UTC with milliseconds. */
export interface Subscription {
  /** Hard to guess: it stands in the address that the hub calls. */
  id: string;
  source: string;
  hub: string;
  topic: string;
  /** The hub signs with it. Shown to nobody else. */
  secret: string;
  /** When the hub is to be asked again. */
  askAgain: string;
  /** How long the hub has said that it tells; absent where it has not. */
  until?: string | undefined;
  /** When it last told of a change. */
  toldAt?: string | undefined;
  /** Why the hub does not tell: a sentence. */
  wrong?: string | undefined;
}

/** By the name of their source. */
export async function readSubscriptions(store: Store): Promise<Map<string, Subscription>> {
  const rows = await readPartition<Subscription>(store, partitionOf('subscription', {}), {
    ConsistentRead: false,
  });
  return new Map(rows.map(({ pk: _, sk: __, ...subscription }) => [subscription.source, subscription]));
}

export function findSubscription(store: Store, id: string): Promise<Subscription | undefined> {
  return findItem<Subscription>(store, keyOf('subscription', { id }));
}

export async function addSubscription(store: Store, subscription: Subscription): Promise<void> {
  await putRow(store, { ...keyOf('subscription', { id: subscription.id }), ...subscription });
}

/** Leaves the other fields as they are, since hub and desk change it at once; takes away what is undefined. False if it is no more. */
export function changeSubscription(
  { client, content }: Store,
  id: string,
  changes: Partial<Pick<Subscription, 'askAgain' | 'until' | 'toldAt' | 'wrong'>>,
): Promise<boolean> {
  const entries = Object.entries(changes);
  const clause = (verb: string, isKept: boolean) => {
    const parts = entries
      .filter(([, value]) => (value !== undefined) === isKept)
      .map(([name]) => `#${name}${isKept ? ` = :${name}` : ''}`);
    return parts.length > 0 ? `${verb} ${parts.join(', ')}` : '';
  };
  return unlessRefused(
    client.send(
      new UpdateItemCommand({
        TableName: content,
        Key: toAttributes(keyOf('subscription', { id })),
        ConditionExpression: 'attribute_exists(pk)',
        UpdateExpression: `${clause('SET', true)} ${clause('REMOVE', false)}`,
        ExpressionAttributeNames: Object.fromEntries(entries.map(([name]) => [`#${name}`, name])),
        ExpressionAttributeValues: toAttributes(
          Object.fromEntries(entries.map(([name, value]) => [`:${name}`, value])),
        ),
      }),
    ),
  );
}

export async function removeSubscription(store: Store, id: string): Promise<void> {
  await removeRow(store, keyOf('subscription', { id }));
}
