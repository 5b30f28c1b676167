import { TransactionCanceledException, type Update, UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import type { Store } from './connection.ts';
import { type DuePings, replaceDue } from './due.ts';
import { fromAttributes, toAttributes } from './item.ts';
import { contentKey } from './table.ts';

/** Pings that are due together, by when. */
interface Owed {
  stream: string;
  pings: Iterable<string>;
  /** When the stream changed. */
  since: string;
}

/** What is due for one stream at one time is one row: answers it, with what was there before. */
export async function owePings({ client, content }: Store, when: string, owed: Owed): Promise<DuePings> {
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
    Key: toAttributes(contentKey.due(when, `PING#${stream}`)),
    UpdateExpression: `SET #stream = :stream, since = ${newSince} ADD pings :pings`,
    ExpressionAttributeNames: { '#stream': 'stream' },
    ExpressionAttributeValues: toAttributes({
      ':stream': stream,
      ':since': since,
      ':pings': new Set(pings),
    }),
  } satisfies Update;
}
