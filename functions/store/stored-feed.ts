import { type FeedFormat, feedFormatNames } from '../article/addresses.ts';
import type { Store } from './connection.ts';
import { type Item, type Key, pack, toAttributes } from './item.ts';
import { batchGet, findItem, readPartition } from './read-items.ts';
import { keyOf, partitionOf, partsOf } from './rows.ts';
import { putRow, removeRow } from './transaction.ts';

/** The description of a stored feed document; its text is in other rows. */
export interface DocumentHead {
  etag: string;
  /** ISO 8601 in UTC, whole seconds. */
  lastModified: string;
  chunks: number;
  /** The number of its first chunk; documents that were kept long ago have it not, and begin at 1. */
  first?: number | undefined;
  /** The ETag of the document that it replaced, whose chunks may still be there: the next document takes their place. */
  former?: string | undefined;
  /** Until when its text is kept, ISO 8601 in UTC with milliseconds; older documents do not have it. */
  wantedUntil?: string | undefined;
}

interface Chunk {
  etag: string;
  chunk: Uint8Array;
}

/**
 * When DynamoDB may delete the text of a document, in seconds since 1970. Its head stays: it holds nothing of an article, and tells
 * announce that the feed has readers.
 */
export function documentExpiry({
  wantedUntil,
  lastModified,
}: Pick<DocumentHead, 'wantedUntil' | 'lastModified'>): number {
  return Math.floor(Date.parse(wantedUntil ?? lastModified) / 1000);
}

export function findDocumentHead(
  store: Store,
  stream: string,
  format: string,
): Promise<DocumentHead | undefined> {
  return findItem<DocumentHead>(store, keyOf('document', { stream, format, chunk: 0 }));
}

/** The formats in which somebody has ever read the stream, in one call. */
export async function findReadFormats(store: Store, stream: string): Promise<FeedFormat[]> {
  const keys = feedFormatNames.map((format) => keyOf('document', { stream, format, chunk: 0 }));
  const heads = await batchGet(store, keys);
  return heads.map((head) => partsOf('document', head)?.format as FeedFormat);
}

/** The stored text, packed; undefined unless it is the one with this ETag, and whole. */
export async function findPackedDocument(
  store: Store,
  stream: string,
  format: string,
  { etag, chunks, first = 1 }: DocumentHead,
): Promise<Uint8Array[] | undefined> {
  const keys = Array.from({ length: chunks }, (_, index) =>
    keyOf('document', { stream, format, chunk: first + index }),
  );
  // A stale chunk shows by its ETag, so the cheaper read will do.
  const rows = await batchGet<Chunk>(store, keys, { ConsistentRead: false });
  const parts = rows.filter((row) => row.etag === etag).sort((a, b) => chunkNumber(a) - chunkNumber(b));
  return chunks > 0 && parts.length === chunks ? parts.map(({ chunk }) => chunk) : undefined;
}

function chunkNumber(row: Key): number {
  return Number(partsOf('document', row)?.chunk);
}

/** Places that are tried for the chunks. One is taken where another writer is at it or was ended, or an older document was longer. */
const mostPlaces = 10;

/**
 * Replaces the previous document: first the chunks, beside those of the previous one, then the head that names them, so that whoever reads
 * meanwhile finds the one or the other, whole. Does nothing if another process has replaced it already.
 */
export async function keepDocument(
  store: Store,
  stream: string,
  format: string,
  document: Omit<DocumentHead, 'chunks' | 'first' | 'former'> & { text: string },
  previous: DocumentHead | undefined,
): Promise<void> {
  const { text, ...named } = document;
  const chunks = pack(text);
  const { first: taken = 1, chunks: count = 0 } = previous ?? {};
  let first = chunks.length < taken ? 1 : taken + count;
  for (let place = 1; place <= mostPlaces; place++, first = Math.max(first, taken + count - 1) + 1) {
    const rows = chunks.map((chunk, index) => ({
      ...keyOf('document', { stream, format, chunk: first + index }),
      etag: named.etag,
      chunk,
      ttl: documentExpiry(named),
    }));
    if (await putChunks(store, rows, previous?.former)) {
      const head = { ...named, chunks: chunks.length, first, former: previous?.etag };
      return putHead(store, stream, format, head, previous);
    }
    if ((await findDocumentHead(store, stream, format))?.etag !== previous?.etag) return;
  }
}

/** False, and the rest is not written, if one of these places holds another document than the one that was left there. */
async function putChunks(store: Store, rows: Item[], leftover: string | undefined): Promise<boolean> {
  for (const row of rows) {
    const isPut = await putRow(store, row, {
      ConditionExpression: 'attribute_not_exists(pk) OR etag IN (:own, :leftover)',
      ExpressionAttributeValues: toAttributes({ ':own': row.etag, ':leftover': leftover ?? row.etag }),
    });
    if (!isPut) return false;
  }
  return true;
}

async function putHead(
  store: Store,
  stream: string,
  format: string,
  head: DocumentHead,
  previous: DocumentHead | undefined,
): Promise<void> {
  await putRow(store, { ...head, ...keyOf('document', { stream, format, chunk: 0 }) }, inPlaceOf(previous));
}

function inPlaceOf(previous: DocumentHead | undefined) {
  return previous
    ? {
        ConditionExpression: 'etag = :etag AND chunks = :chunks',
        ExpressionAttributeValues: toAttributes({ ':etag': previous.etag, ':chunks': previous.chunks }),
      }
    : { ConditionExpression: 'attribute_not_exists(pk)' };
}

/**
 * Takes the text of the document, and of former ones, out of the table. That the feed has readers stays known: announce has hubs told of
 * its changes, and the next request renders it.
 */
export async function emptyDocument(store: Store, stream: string, format: string): Promise<void> {
  const pk = partitionOf('document', { stream, format });
  const rows = await readPartition<DocumentHead>(store, pk, { ConsistentRead: true });
  for (const { pk, sk, ...row } of rows.filter((row) => partsOf('document', row)))
    if (chunkNumber({ pk, sk }) === 0) await putHead(store, stream, format, { ...row, chunks: 0 }, row);
    else
      await removeRow(
        store,
        { pk, sk },
        {
          ConditionExpression: 'etag = :etag',
          ExpressionAttributeValues: toAttributes({ ':etag': row.etag }),
        },
      );
}
