import type { TransactWriteItem } from '@aws-sdk/client-dynamodb';
import type { Store } from './connection.ts';
import { readRows } from './counter.ts';
import { expiry } from './derived-rows.ts';
import { toAttributes } from './item.ts';
import { readMetas } from './read-article.ts';
import { contentKey, viewsKey } from './table.ts';
import { commit } from './transaction.ts';
import { sameVersion } from './write-plan.ts';

/**
 * Lets the counter of an article go in time if the API has deleted it; does nothing to any other, or when it is done already.
 *
 * After the deletion and not within: that would have to get hold of every row of a counter on which readers still count.
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
        Key: toAttributes(contentKey.article(slug)),
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
      // With as many rows as these, or else a row would be left that nobody lets go.
      ...(row === 0 && { ConditionExpression: shards ? 'shards = :shards' : 'attribute_not_exists(shards)' }),
      ExpressionAttributeNames: { '#ttl': 'ttl' },
      ExpressionAttributeValues: toAttributes({
        ...{ ':ttl': ttl, ':none': 0 },
        ':shards': row === 0 ? shards : undefined,
      }),
    },
  });
  return Array.from({ length: shards ?? 1 }, (_, row) => expire(row));
}
