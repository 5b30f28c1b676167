import type { TransactWriteItem } from '@aws-sdk/client-dynamodb';
import type { Store } from './connection.ts';
import { type CounterRow, mostRows, readBetween } from './counter.ts';
import { toAttributes } from './item.ts';
import { viewsKey } from './table.ts';

/** What is there of the counter of a deleted article that is put again under its own id. */
export interface Leftover {
  first: CounterRow;
  others: CounterRow[];
  /** Its time had come: what DynamoDB has not deleted yet counts no more. */
  isOver: boolean;
}

/** Each row by itself, for DynamoDB deletes them days late and in no order. */
export async function findLeftover(store: Store, id: string, now: string): Promise<Leftover> {
  const rows = await readBetween(store, id, 0, mostRows);
  const key = viewsKey(id);
  const first = rows.find(({ pk }) => pk === key.pk);
  return {
    first: first ?? { ...key, n: 0 },
    others: rows.filter((row) => row !== first),
    isOver: !first || (first.ttl ?? Number.POSITIVE_INFINITY) <= Date.parse(now) / 1000,
  };
}

/** Has the counter stay, or begin anew, with these views on top. */
export function reviveCounter(
  { views }: Store,
  { first, others, isOver }: Leftover,
  startingViews: number,
): TransactWriteItem[] {
  const revive = ({ pk, n: _, shards: __, ttl: ___, ...days }: CounterRow, set: string, values: object) => ({
    Update: {
      TableName: views,
      Key: toAttributes({ pk }),
      UpdateExpression: `${set} REMOVE ${['#ttl', ...(isOver ? Object.keys(days) : [])].join(', ')}`,
      ExpressionAttributeNames: { '#ttl': 'ttl' },
      ExpressionAttributeValues: toAttributes(values),
    },
  });
  const set = isOver ? 'SET n = :n' : 'ADD n :n';
  // The rows that are left stay its own: DynamoDB may have deleted the one that tells of them.
  const covering = isOver && others.length > 0;
  return [
    covering
      ? revive(first, `${set}, shards = if_not_exists(shards, :rows)`, {
          ':n': startingViews,
          ':rows': mostRows,
        })
      : revive(first, set, { ':n': startingViews }),
    ...others.map((row) => revive(row, set, { ':n': 0 })),
  ];
}
