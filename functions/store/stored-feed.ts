import {
  PutItemCommand,
  TransactionCanceledException,
  type TransactWriteItem,
  TransactWriteItemsCommand,
} from '@aws-sdk/client-dynamodb';
import type { Store } from './connection.ts';
import { pack, toAttributes, unpack } from './item.ts';
import { batchGet, findItem } from './read-items.ts';
import { keyOf } from './rows.ts';

/** The description of a stored feed document; its text is in other rows. */
export interface DocumentHead {
  etag: string;
  /** ISO 8601 in UTC, whole seconds. */
  lastModified: string;
  chunks: number;
  /** Until when it is rendered ahead of its readers, ISO 8601 in UTC with milliseconds; older documents do not have it. */
  wantedUntil?: string | undefined;
}

export function findDocumentHead(
  store: Store,
  stream: string,
  format: string,
): Promise<DocumentHead | undefined> {
  return findItem<DocumentHead>(store, keyOf('document', { stream, format, chunk: 0 }));
}

/** The stored text; undefined unless it is the one with this ETag. */
export async function findDocumentText(
  store: Store,
  stream: string,
  format: string,
  { etag, chunks }: DocumentHead,
): Promise<string | undefined> {
  const keys = Array.from({ length: chunks }, (_, index) =>
    keyOf('document', { stream, format, chunk: index + 1 }),
  );
  // A stale chunk shows by its ETag, so the cheaper read will do.
  const rows = await batchGet<{ etag: string; chunk: Uint8Array }>(store, keys, { ConsistentRead: false });
  const parts = rows
    .filter((row) => row.etag === etag)
    .sort((a, b) => ((a.sk ?? '') < (b.sk ?? '') ? -1 : 1));
  return chunks > 0 && parts.length === chunks ? unpack(parts.map(({ chunk }) => chunk)) : undefined;
}

/** Replaces the previous document. Does nothing if another process has replaced it already. */
export async function keepDocument(
  store: Store,
  stream: string,
  format: string,
  document: Omit<DocumentHead, 'chunks'> & { text: string },
  previous: DocumentHead | undefined,
): Promise<void> {
  const { text, ...named } = document;
  const chunks = pack(text);
  const TableName = store.content;
  const key = (index: number) => keyOf('document', { stream, format, chunk: index });
  const head = { ...key(0), ...named, chunks: chunks.length };
  const surplus = Array.from(
    { length: Math.max(0, (previous?.chunks ?? 0) - chunks.length) },
    (_, index) => ({ Delete: { TableName, Key: toAttributes(key(chunks.length + index + 1)) } }),
  );
  const parts = chunks.map((chunk, index) => ({
    Put: { TableName, Item: toAttributes({ ...key(index + 1), etag: named.etag, chunk }) },
  }));
  // The surplus chunks are those of the previous document alone.
  const Put = { TableName, Item: toAttributes(head), ...inPlaceOf(previous) };
  await writeUnlessReplaced(store, [{ Put }, ...parts, ...surplus]);
}

/** Has the document rendered ahead until a later time. Does nothing if another process has replaced it already. */
export async function extendPrerender(
  store: Store,
  stream: string,
  format: string,
  head: DocumentHead,
  wantedUntil: string,
): Promise<void> {
  const Item = toAttributes({ ...head, ...keyOf('document', { stream, format, chunk: 0 }), wantedUntil });
  await writeUnlessReplaced(store, [{ Put: { TableName: store.content, Item, ...inPlaceOf(head) } }]);
}

function inPlaceOf(previous: DocumentHead | undefined) {
  return previous
    ? {
        ConditionExpression: 'etag = :etag AND chunks = :chunks',
        ExpressionAttributeValues: toAttributes({ ':etag': previous.etag, ':chunks': previous.chunks }),
      }
    : { ConditionExpression: 'attribute_not_exists(pk)' };
}

async function writeUnlessReplaced({ client }: Store, TransactItems: TransactWriteItem[]): Promise<void> {
  try {
    await client.send(new TransactWriteItemsCommand({ TransactItems }));
  } catch (error) {
    if (!(error instanceof TransactionCanceledException)) throw error;
  }
}

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
  { client, content }: Store,
  stream: string,
  format: string,
  { etag, until }: Rejection,
): Promise<void> {
  const ttl = Math.ceil(Date.parse(until) / 1000);
  const Item = toAttributes({ ...keyOf('rejection', { stream, format }), etag, until, ttl });
  await client.send(new PutItemCommand({ TableName: content, Item }));
}
