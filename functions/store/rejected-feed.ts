import type { Store } from './connection.ts';
import { findItem } from './read-items.ts';
import { keyOf } from './rows.ts';
import { putRow } from './transaction.ts';

/** Marks a document that was rendered and found faulty. */
interface Rejection {
  etag: string;
  /** When it may be rendered again, ISO 8601 in UTC with milliseconds. */
  until: string;
}

/** Whether the document was rejected a short time ago, so that rendering it again would be a waste. */
export async function isFeedRejected(
  store: Store,
  stream: string,
  format: string,
  { etag, now }: { etag: string; now: string },
): Promise<boolean> {
  const key = keyOf('rejection', { stream, format });
  const refusal = await findItem<Rejection>(store, key, { ConsistentRead: false });
  return refusal?.etag === etag && refusal.until > now;
}

export async function recordRejection(
  store: Store,
  stream: string,
  format: string,
  { etag, until }: Rejection,
): Promise<void> {
  const ttl = Math.ceil(Date.parse(until) / 1000);
  await putRow(store, { ...keyOf('rejection', { stream, format }), etag, until, ttl });
}
