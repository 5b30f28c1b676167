import { newsStream } from '../../article/stream-name.ts';
import { type Item, type Key, unpack } from '../item.ts';
import { keyOf, partsOf } from '../rows.ts';
import { type DocumentHead, documentExpiry } from '../stored-feed.ts';
import { type Change, drop } from './verdict.ts';

/** No feed of ours has more chunks: the limits of articles keep documents far smaller. */
const maxChunks = 50;

/** The rows that the verdict on a row of a document depends on: of a part its head; of a head its parts and the row of its stream. */
export function keysOfDocument(row: Item): Key[] {
  const { stream = '', format = '', chunk } = partsOf('document', row) ?? {};
  if (chunk !== '0') return [keyOf('document', { stream, format, chunk: 0 })];
  const count = Math.min(maxChunks, Number(row.chunks) || 0);
  const first = Number(row.first ?? 1);
  const chunks = Array.from({ length: count }, (_, index) =>
    keyOf('document', { stream, format, chunk: first + index }),
  );
  return [...chunks, keyOf('stream', { stream })];
}

/** Stored feeds are a cache: a faulty one is removed, and rendered again on request. */
export function judgeDocument(row: Item, behind: (Item | undefined)[], now: string): Change {
  const { stream = '', chunk = '' } = partsOf('document', row) ?? {};
  if (!/^\d+$/.test(chunk)) return {};
  if (chunk !== '0') {
    const [head] = behind;
    // What a replaced document has left, the next one takes the place of.
    const isOfHead = head?.etag === row.etag || head?.former === row.etag;
    return head && isOfHead ? judgeChunk(row, head) : drop(row, 'this part belongs to no whole');
  }
  const why = headFault(row, stream, behind, now);
  const parts = behind.filter((part) => part !== undefined && partsOf('document', part)) as Item[];
  return why === undefined ? {} : { drops: [row, ...parts].map((row) => ({ row, why })) };
}

/** The text of a document expires with it. What was kept before documents expired gets its time here. */
function judgeChunk(row: Item, head: Item): Change {
  const ttl = documentExpiry(head as unknown as DocumentHead);
  const isRight = row.etag === head.etag ? row.ttl === ttl : row.ttl !== undefined;
  return isRight || Number.isNaN(ttl) ? {} : { puts: [{ row: { ...row, ttl }, was: row }] };
}

/** What is wrong with the head of a feed, given its chunks and the row of its stream. */
function headFault(head: Item, stream: string, rows: (Item | undefined)[], now: string): string | undefined {
  const { chunks, etag, lastModified } = head;
  if (typeof chunks !== 'number' || chunks > maxChunks || !/T[\d:]{8}\.000Z$/.test(String(lastModified)))
    return 'it is not readable';
  if (stream !== newsStream && !rows[chunks]) return 'there is no such stream';
  // Without its text, which was erased or has expired, the next request renders it.
  if (chunks === 0 || documentExpiry(head as unknown as DocumentHead) * 1000 <= Date.parse(now))
    return undefined;
  const parts = rows.slice(0, chunks).map((part) => (part?.etag === etag ? part?.chunk : undefined));
  return isWhole(parts) ? undefined : 'its parts do not fit together';
}

function isWhole(parts: unknown[]): boolean {
  try {
    return unpack(parts as Uint8Array[]).length > 0;
  } catch {
    return false;
  }
}
