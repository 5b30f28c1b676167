import type { TransactWriteItem } from '@aws-sdk/client-dynamodb';
import { expiry } from './article-rows.ts';
import type { Store } from './connection.ts';
import { type CounterRow, mostRows, readBetween, readRows } from './counter.ts';
import { toAttributes } from './item.ts';
import { readMetas } from './read-article.ts';
import { keyOf, viewsKey } from './rows.ts';
import { commit, sameVersion } from './transaction.ts';

/**
 * Sets the counter of an article to expire, if the API has deleted the article and nobody has done so yet.
 *
 * This comes after the deletion, not with it: readers may still be counting on every row, and would make the transaction fail.
 */
export async function expireCounter(store: Store, slug: string, now: string): Promise<void> {
  await commit<undefined>(store, async () => {
    const nothing = { plan: undefined, result: undefined };
    const current = (await readMetas(store, [slug])).get(slug);
    if (!current || 'movedTo' in current) return nothing;
    if (current.status !== 'gone' || current.origin !== 'api') return nothing;
    const { id } = current.article;
    const rows = await readRows(store, id);
    if (rows.some(({ ttl }) => ttl !== undefined)) return nothing;
    const shards = rows.find(({ pk }) => pk === viewsKey(id).pk)?.shards;
    const stillGone = {
      ConditionCheck: {
        TableName: store.content,
        Key: toAttributes(keyOf('article', { slug })),
        ...sameVersion(current),
      },
    };
    const writes = [stillGone, ...expiringRows(store, id, shards, expiry(now))];
    return { plan: { writes, claims: new Map(), bytes: 0 }, result: undefined };
  });
}

function expiringRows({ views }: Store, id: string, shards: number | undefined, ttl: number) {
  const expire = (row: number): TransactWriteItem => ({
    Update: {
      TableName: views,
      Key: toAttributes(viewsKey(id, row)),
      UpdateExpression: 'SET #ttl = :ttl ADD n :none',
      // If the counter has got more rows meanwhile, one of them would never expire.
      ...(row === 0 && { ConditionExpression: shards ? 'shards = :shards' : 'attribute_not_exists(shards)' }),
      ExpressionAttributeNames: { '#ttl': 'ttl' },
      ExpressionAttributeValues: toAttributes({
        ':ttl': ttl,
        ':none': 0,
        ':shards': row === 0 ? shards : undefined,
      }),
    },
  });
  return Array.from({ length: shards ?? 1 }, (_, row) => expire(row));
}

/** What is left of the counter of a deleted article that returns under its own id. */
export interface FormerCounter {
  first: CounterRow;
  others: CounterRow[];
  /** It has expired: rows that DynamoDB has not deleted yet count no more. */
  isOver: boolean;
}

/** Reads every possible row, because DynamoDB deletes expired ones days late and in any order. */
export async function findFormerCounter(store: Store, id: string, now: string): Promise<FormerCounter> {
  const rows = await readBetween(store, id, 0, mostRows);
  const key = viewsKey(id);
  const first = rows.find(({ pk }) => pk === key.pk);
  return {
    first: first ?? { ...key, n: 0 },
    others: rows.filter((row) => row !== first),
    isOver: !first || (first.ttl ?? Number.POSITIVE_INFINITY) <= Date.parse(now) / 1000,
  };
}

/** Cancels the counter's expiry, or resets it, and adds these views. */
function restoreCounter(
  { views }: Store,
  { first, others, isOver }: FormerCounter,
  startingViews: number,
): TransactWriteItem[] {
  const keep = ({ pk, n: _, shards: __, ttl: ___, ...days }: CounterRow, set: string, values: object) => ({
    Update: {
      TableName: views,
      Key: toAttributes({ pk }),
      UpdateExpression: `${set} REMOVE ${['#ttl', ...(isOver ? Object.keys(days) : [])].join(', ')}`,
      ExpressionAttributeNames: { '#ttl': 'ttl' },
      ExpressionAttributeValues: toAttributes(values),
    },
  });
  const set = isOver ? 'SET n = :n' : 'ADD n :n';
  // Other rows may be left although DynamoDB has deleted the first one, which counted them.
  const covering = isOver && others.length > 0;
  return [
    covering
      ? keep(first, `${set}, shards = if_not_exists(shards, :rows)`, {
          ':n': startingViews,
          ':rows': mostRows,
        })
      : keep(first, set, { ':n': startingViews }),
    ...others.map((row) => keep(row, set, { ':n': 0 })),
  ];
}

/** For the article's own transaction, so that what it came with counts exactly once. */
export function counterWrites(
  store: Store,
  id: string,
  views: number,
  former: FormerCounter | undefined,
): TransactWriteItem[] {
  if (former) return restoreCounter(store, former, views);
  if (views === 0) return [];
  const Update = {
    TableName: store.views,
    Key: toAttributes(viewsKey(id)),
    UpdateExpression: 'ADD n :views',
    ExpressionAttributeValues: toAttributes({ ':views': views }),
  };
  return [{ Update }];
}
