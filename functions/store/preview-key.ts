import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import type { TransactWriteItem } from '@aws-sdk/client-dynamodb';
import { expiry } from './article-rows.ts';
import type { Store } from './connection.ts';
import { type Item, toAttributes } from './item.ts';
import { batchGet, findItem } from './read-items.ts';
import { keyOf } from './rows.ts';
import { isVisible, type StoredArticle } from './stored-article.ts';
import { type Plan, sameVersion, unchanged } from './transaction.ts';

/** Under the article's id, which a rename keeps. */
interface KeyRow {
  key: string;
  /** Its address when the key was asked for. */
  slug: string;
  /** The end of the key, in seconds since 1970. */
  ttl: number;
}

/** A draft, or under embargo. */
export function isHidden(stored: StoredArticle, now: string): boolean {
  return stored.status !== 'gone' && !isVisible(stored, now);
}

/**
 * The key of a hidden article, from now on for 90 days: the one that it has, unless there is none or `renew`. The article's version stays,
 * and has to be the current one.
 */
export async function planPreviewKey(
  store: Store,
  stored: StoredArticle,
  { renew, now }: { renew: boolean; now: string },
): Promise<{ plan: Plan; key: string }> {
  const TableName = store.content;
  const { id, slug } = stored.article;
  const [known] = await batchGet<KeyRow>(store, [keyOf('preview', { id })]);
  const isKept = known && !renew && isValid(known, now);
  const key = isKept ? known.key : randomBytes(16).toString('base64url');
  const row: Item = { ...keyOf('preview', { id }), key, slug, ttl: expiry(now) };
  const Key = toAttributes(keyOf('article', { slug }));
  const writes = [
    { ConditionCheck: { TableName, Key, ...sameVersion(stored) } },
    { Put: { TableName, Item: toAttributes(row), ...unchanged(known) } },
  ];
  return { key, plan: { writes, claims: new Map(), bytes: 0 } };
}

/** Whether the article is hidden and this is its key. Reads nothing for one that is not hidden. */
export async function opensPreview(
  store: Store,
  stored: StoredArticle,
  { key, now }: { key: string; now: string },
): Promise<boolean> {
  if (!isHidden(stored, now)) return false;
  const known = await findItem<KeyRow>(store, keyOf('preview', { id: stored.article.id }));
  const [given, own] = [key, known?.key ?? ''].map((text) => createHash('sha256').update(text).digest());
  return known !== undefined && isValid(known, now) && timingSafeEqual(given as Buffer, own as Buffer);
}

/** Ends the key with what it was for: a draft that is published and hidden again needs another. */
export function endPreview(
  store: Store,
  { before, after, now }: { before: StoredArticle | undefined; after: StoredArticle; now: string },
): TransactWriteItem[] {
  const goes = after.status === 'gone' || (before && isHidden(before, now)) !== isHidden(after, now);
  if (!before || before.status === 'gone' || !goes) return [];
  const Key = toAttributes(keyOf('preview', { id: before.article.id }));
  return [{ Delete: { TableName: store.content, Key } }];
}

function isValid({ ttl }: KeyRow, now: string): boolean {
  return ttl * 1000 > Date.parse(now);
}
