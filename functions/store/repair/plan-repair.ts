import type { TransactWriteItem } from '@aws-sdk/client-dynamodb';
import type { Store } from '../connection.ts';
import { type Item, type Key, toAttributes } from '../item.ts';
import { contentKey } from '../rows.ts';
import type { Moved, StoredArticle } from '../stored-article.ts';
import type { Plan } from '../write-plan.ts';

/** The META of each slug that a judgement rests on; undefined where there is none. */
export type Grounds = Map<string, StoredArticle | Moved | undefined>;

export interface Repair {
  puts: { row: Item; was: Item | undefined }[];
  drops: Item[];
  /** Other rows that it rests on; undefined where there was none. */
  unchanged?: { key: Key; was: Item | undefined }[];
  grounds: Grounds;
}

/** One transaction, on condition that the rows and the articles they were judged by are as they were. */
export function planRepair({ content: TableName }: Store, repair: Repair): Plan {
  const { puts, drops, unchanged = [], grounds } = repair;
  const changes: TransactWriteItem[] = [
    ...puts.map(({ row, was }) => ({ Put: { TableName, Item: toAttributes(row), ...asJudged(was) } })),
    ...drops.map((row) => ({ Delete: { TableName, Key: keyOf(row), ...asJudged(row) } })),
  ];
  const changed = new Set([...puts.map(({ row }) => row), ...drops].map(({ pk, sk }) => `${pk} ${sk}`));
  const checks = [
    ...unchanged.map(({ key, was }) => ({ key, condition: asJudged(was) })),
    ...[...grounds].map(([slug, meta]) => ({ key: contentKey.article(slug), condition: sameMeta(meta) })),
    // DynamoDB takes one operation an item; what is changed has its own condition.
  ].filter(({ key: { pk, sk } }) => !changed.has(`${pk} ${sk}`));
  return {
    writes: [
      ...changes,
      ...checks.map(({ key, condition }) => ({
        ConditionCheck: { TableName, Key: keyOf(key), ...condition },
      })),
    ],
    claims: new Map(),
    // What one article's rows need fits: they were written together.
    bytes: 0,
  };
}

function sameMeta(meta: StoredArticle | Moved | undefined) {
  if (!meta) return asJudged(undefined);
  return equal('movedTo' in meta ? { movedTo: meta.movedTo } : { version: meta.version });
}

function asJudged(row: Item | undefined) {
  if (!row) return { ConditionExpression: 'attribute_not_exists(pk)' };
  // What a chunk belongs to tells it well enough.
  const { sk: _, chunk: __, ...fields } = row;
  return equal(fields);
}

function equal(fields: object) {
  const entries = Object.entries(fields);
  return {
    ConditionExpression: entries.map((_, index) => `#f${index} = :f${index}`).join(' AND '),
    ExpressionAttributeNames: Object.fromEntries(entries.map(([name], index) => [`#f${index}`, name])),
    ExpressionAttributeValues: toAttributes(
      Object.fromEntries(entries.map(([, value], index) => [`:f${index}`, value])),
    ),
  };
}

function keyOf({ pk, sk }: Key) {
  return toAttributes({ pk, sk });
}
