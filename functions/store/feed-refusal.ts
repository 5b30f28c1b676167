import { GetItemCommand, PutItemCommand } from '@aws-sdk/client-dynamodb';
import type { Store } from './connection.ts';
import { fromAttributes, toAttributes } from './item.ts';
import { contentKey } from './table.ts';

/** Of a document that was rendered and is not fit to be served. */
interface Refusal {
  etag: string;
  /** When it may be rendered again, ISO 8601 in UTC with milliseconds. */
  until: string;
}

/** Whether the document was refused a short time ago, so that rendering it again would only cost. */
export async function isFeedRefused(
  { client, content }: Store,
  stream: string,
  format: string,
  { etag, now }: { etag: string; now: string },
): Promise<boolean> {
  const Key = toAttributes(contentKey.refusal(stream, format));
  const { Item } = await client.send(new GetItemCommand({ TableName: content, Key }));
  const refusal = Item && fromAttributes<Refusal>(Item);
  return refusal?.etag === etag && refusal.until > now;
}

export async function keepRefusal(
  { client, content }: Store,
  stream: string,
  format: string,
  { etag, until }: Refusal,
): Promise<void> {
  const ttl = Math.ceil(Date.parse(until) / 1000);
  const Item = toAttributes({ ...contentKey.refusal(stream, format), etag, until, ttl });
  await client.send(new PutItemCommand({ TableName: content, Item }));
}
