import { newsStream } from '../../article/stream-name.ts';
import { batchGet } from '../batch-get.ts';
import type { Store } from '../connection.ts';
import type { Item } from '../item.ts';
import { unpack } from '../item.ts';
import { contentKey } from '../rows.ts';
import { dropped, type Verdict } from './verdict.ts';

/** A feed of more chunks than this is none of ours: an article's limits keep documents far below. */
const maxChunks = 50;

/** What is to be done about a row of a kept feed. These are a cache: what is not in order goes, and is rendered anew when it is asked for. */
export async function judgeDocument(store: Store, row: Item): Promise<Verdict | undefined> {
  if (row.sk === 'REFUSED') return dropped(row, 'it was refused as faulty; the next reader has it made anew');
  const [, index] = /^DOC#(\d+)$/.exec(row.sk ?? '') ?? [];
  if (index === undefined) return undefined;
  const [, stream = '', format = ''] = row.pk.split('#');
  return index === '0' ? judgeHead(store, row, stream, format) : judgeChunk(store, row, stream, format);
}

async function judgeHead(
  store: Store,
  head: Item,
  stream: string,
  format: string,
): Promise<Verdict | undefined> {
  const { chunks, etag, lastModified } = head;
  if (typeof chunks !== 'number' || chunks > maxChunks || !/T[\d:]{8}\.000Z$/.test(String(lastModified)))
    return dropped(head, 'it is not readable');
  const keys = Array.from({ length: chunks }, (_, index) => contentKey.document(stream, format, index + 1));
  const streamKey = contentKey.stream(stream);
  const rows = await batchGet<Item>(store, [...keys, streamKey]);
  const parts = keys.map(({ sk }) => rows.find((row) => row.sk === sk && row.etag === etag)?.chunk);
  const why =
    stream !== newsStream && !rows.some(({ pk }) => pk === streamKey.pk)
      ? 'there is no such stream'
      : isWhole(parts)
        ? undefined
        : 'its parts do not fit together';
  const unchanged = [...keys, streamKey].map((key) => ({
    key,
    was: rows.find(({ pk, sk }) => pk === key.pk && sk === key.sk),
  }));
  return why === undefined ? undefined : { ...dropped(head, why), unchanged };
}

async function judgeChunk(
  store: Store,
  row: Item,
  stream: string,
  format: string,
): Promise<Verdict | undefined> {
  const key = contentKey.document(stream, format, 0);
  const [head] = await batchGet<Item>(store, [key]);
  const isPart = head?.etag === row.etag && Number(row.sk?.slice('DOC#'.length)) <= Number(head?.chunks);
  return isPart
    ? undefined
    : { ...dropped(row, 'this part belongs to no whole'), unchanged: [{ key, was: head }] };
}

function isWhole(parts: unknown[]): boolean {
  try {
    return unpack(parts as Uint8Array[]).length > 0;
  } catch {
    return false;
  }
}
