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

/** What is known of a stored feed document without reading it. */
export interface DocumentHead {
  etag: string;
  /** ISO 8601 in UTC, whole seconds. */
  lastModified: string;
  chunks: number;
  /** How long it is rendered ahead, ISO 8601 in UTC with milliseconds; of a document from before that was noted undefined. */
  wantedUntil?: string | undefined;
}

export function findDocumentHead(
  store: Store,
  stream: string,
  format: string,
): Promise<DocumentHead | undefined> {
  return findItem<DocumentHead>(store, keyOf('document', { stream, format, chunk: 0 }));
}

/** The stored text, or undefined when it is not, or no longer, the one with this etag. */
export async function findDocumentText(
  store: Store,
  stream: string,
  format: string,
  { etag, chunks }: DocumentHead,
): Promise<string | undefined> {
  const keys = Array.from({ length: chunks }, (_, index) =>
    keyOf('document', { stream, format, chunk: index + 1 }),
  );
  // An old answer does no harm, for its etag tells, and costs half.
  const rows = await batchGet<{ etag: string; chunk: Uint8Array }>(store, keys, { ConsistentRead: false });
  const parts = rows
    .filter((row) => row.etag === etag)
    .sort((a, b) => ((a.sk ?? '') < (b.sk ?? '') ? -1 : 1));
  return chunks > 0 && parts.length === chunks ? unpack(parts.map(({ chunk }) => chunk)) : undefined;
}

/** Keeps a document in place of the previous one; does nothing when another process has replaced that meanwhile. */
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
  // Of no other document are the surplus chunks known.
  const Put = { TableName, Item: toAttributes(head), ...inPlaceOf(previous) };
  await writeUnlessReplaced(store, [{ Put }, ...parts, ...surplus]);
}

/** Has the document be rendered ahead until then; does nothing when another process has replaced it meanwhile. */
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

/** Of a document that was rendered and is not fit to be served. */
interface Refusal {
  etag: string;
  /** When it may be rendered again, ISO 8601 in UTC with milliseconds. */
  until: string;
}

/** Whether the document was refused a short time ago, so that rendering it again would only cost. */
export async function isFeedRejected(
  store: Store,
  stream: string,
  format: string,
  { etag, now }: { etag: string; now: string },
): Promise<boolean> {
  const key = keyOf('rejection', { stream, format });
  const refusal = await findItem<Refusal>(store, key, { ConsistentRead: false });
  return refusal?.etag === etag && refusal.until > now;
}

export async function recordRejection(
  { client, content }: Store,
  stream: string,
  format: string,
  { etag, until }: Refusal,
): Promise<void> {
  const ttl = Math.ceil(Date.parse(until) / 1000);
  const Item = toAttributes({ ...keyOf('rejection', { stream, format }), etag, until, ttl });
  await client.send(new PutItemCommand({ TableName: content, Item }));
}
