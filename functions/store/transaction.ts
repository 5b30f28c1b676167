import { randomInt } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import {
  ConditionalCheckFailedException,
  DeleteItemCommand,
  PutItemCommand,
  TransactionCanceledException,
  type TransactWriteItem,
  TransactWriteItemsCommand,
} from '@aws-sdk/client-dynamodb';
import type { Article } from '../article/article.ts';
import { TooLargeError } from '../article/fault.ts';
import type { Store } from './connection.ts';
import { type Item, type Key, toAttributes } from './item.ts';
import { isRecord, keyOf } from './rows.ts';
import type { StoredArticle } from './stored-article.ts';

/** A transaction that is not sent yet. */
export interface Plan {
  writes: TransactWriteItem[];
  /** What the writer is told if the condition of the write at this index fails. */
  claims: Map<number, { pointer: string; message: string }>;
  /** Bytes of the items put, near enough to how DynamoDB counts the 4 MB of a transaction. */
  bytes: number;
  /** Former texts. They go first, in a transaction of their own, if all together is more than one transaction holds. */
  first?: TransactWriteItem[];
  /** Streams that are forgotten. They go last if they find no room. */
  last?: TransactWriteItem[];
}

/** An address, id or guid that the write needs belongs to another article. */
export class TakenError extends Error {
  override name = 'TakenError';
  readonly pointer: string;

  constructor(pointer: string, message: string) {
    super(message);
    this.pointer = pointer;
  }
}

/** Of one transaction. */
export const maxItems = 100;
const maxBytes = 4_000_000;
/** With their pauses about 9 seconds, at most 18: API Gateway waits 30. */
const attempts = 20;

/**
 * Sends what `prepare` plans as one transaction. If another writer comes first, `prepare` reads and plans again. Without a plan nothing
 * is written. Throws TakenError, TooLargeError, what `prepare` throws, or the last conflict after 20 plans.
 */
export async function commit<Result>(
  { client }: Store,
  prepare: () => Promise<{ plan: Plan | undefined; result: Result }>,
): Promise<Result> {
  for (let attempt = 1; ; attempt++) {
    const { plan, result } = await prepare();
    if (!plan) return result;
    if (plan.writes.length > maxItems || plan.bytes > maxBytes)
      throw new TooLargeError('The article has too much text, tags and aliases to be stored in one step');
    try {
      await send(client, plan);
      return result;
    } catch (error) {
      if (!(error instanceof TransactionCanceledException)) throw error;
      throwIfTaken(error, plan);
      if (attempt === attempts) throw error;
      // Up to 1.3 seconds, so that fifty writers get out of one another's way.
      await pause(randomInt(5 * 2 ** Math.min(attempt, 8)));
    }
  }
}

async function send(client: Store['client'], { writes, first = [], last = [] }: Plan): Promise<void> {
  const write = (TransactItems: TransactWriteItem[]) =>
    client.send(new TransactWriteItemsCommand({ TransactItems }));
  const isFirst = writes.length + last.length + first.length > maxItems && first.length > 0;
  const isLast = writes.length + last.length > maxItems && last.length > 0;
  if (isFirst) await write(first);
  await write([...writes, ...(isLast ? [] : last), ...(isFirst ? [] : first)]);
  // The article is stored. If somebody has joined one of the streams meanwhile, repair forgets the others.
  if (isLast) await unlessCancelled(write(last));
}

async function unlessCancelled(writing: Promise<unknown>): Promise<void> {
  await writing.catch((error) => {
    if (!(error instanceof TransactionCanceledException)) throw error;
  });
}

/** Puts a row of the Content table; false when the condition does not hold. */
export function putRow(store: Store, row: Item, condition: object = {}): Promise<boolean> {
  const Item = toAttributes(row);
  return unlessRefused(
    store.client.send(new PutItemCommand({ TableName: store.content, Item, ...condition })),
  );
}

/** Removes a row of the Content table, whether it is there or not; false when the condition does not hold. */
export function removeRow(store: Store, { pk, sk }: Key, condition: object = {}): Promise<boolean> {
  const Key = toAttributes({ pk, sk });
  return unlessRefused(
    store.client.send(new DeleteItemCommand({ TableName: store.content, Key, ...condition })),
  );
}

/** False when the condition of the write does not hold. */
export async function unlessRefused(write: Promise<unknown>): Promise<boolean> {
  try {
    await write;
    return true;
  } catch (error) {
    if (error instanceof ConditionalCheckFailedException) return false;
    throw error;
  }
}

function throwIfTaken(error: TransactionCanceledException, { claims }: Plan): void {
  const failed = error.CancellationReasons?.map(({ Code }) => Code === 'ConditionalCheckFailed') ?? [];
  // The article itself has changed, and with it what it may claim: plan again.
  if (failed[0]) return;
  for (const [index, { pointer, message }] of claims)
    if (failed[index]) throw new TakenError(pointer, message);
}

/** Another article may have taken an old address since, which leaves the version as it is. */
export function sameVersion(current: StoredArticle | undefined) {
  const { version, formerSlugs } = current ?? {};
  const former = formerSlugs ? 'formerSlugs = :formerSlugs' : 'attribute_not_exists(formerSlugs)';
  return {
    ConditionExpression: `version = :version AND ${former}`,
    ExpressionAttributeValues: toAttributes({ ':version': version, ':formerSlugs': formerSlugs }),
  };
}

/** Takes of another article what this one has of its old addresses. */
export function yieldSlugs(
  { content: TableName }: Store,
  owner: StoredArticle,
  taker: Article,
): TransactWriteItem {
  const left = owner.formerSlugs?.filter((old) => old !== taker.slug && !taker.aliases.includes(old)) ?? [];
  const { ConditionExpression, ExpressionAttributeValues } = sameVersion(owner);
  const isNone = left.length === 0;
  return {
    Update: {
      TableName,
      Key: toAttributes(keyOf('article', { slug: owner.article.slug })),
      UpdateExpression: isNone ? 'REMOVE formerSlugs' : 'SET formerSlugs = :left',
      ConditionExpression,
      ExpressionAttributeValues: {
        ...ExpressionAttributeValues,
        ...(isNone ? {} : toAttributes({ ':left': left })),
      },
    },
  };
}

/** The condition that a row is as it was. An article's record is known by its version; other rows by all fields but a chunk. */
export function unchanged(was: object | undefined) {
  if (!was) return { ConditionExpression: 'attribute_not_exists(pk)' };
  const { sk: _, chunk: __, ...fields } = was as Item;
  const { version } = fields;
  const entries = isRecord(was as Item) ? [['version', version] as const] : Object.entries(fields);
  return {
    ConditionExpression: entries.map((_, index) => `#f${index} = :f${index}`).join(' AND '),
    ExpressionAttributeNames: Object.fromEntries(entries.map(([name], index) => [`#f${index}`, name])),
    ExpressionAttributeValues: toAttributes(
      Object.fromEntries(entries.map(([, value], index) => [`:f${index}`, value])),
    ),
  };
}
