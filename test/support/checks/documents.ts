import { brotliDecompressSync } from 'node:zlib';
import type { Found, State } from './state.ts';

/** Kept feed documents: a head, and its chunks; others may be there, of a document that was replaced. None was refused: the backend lets nothing in that makes a feed faulty. */
export function checkDocuments({ head, chunk, stream, refusal, now }: State): string[] {
  const heads = new Set(head.map(({ pk }) => pk));
  const streams = new Set(['news', 'corrections', ...stream.map(({ parts }) => parts.stream)]);
  const orphans = chunk.filter(({ pk }) => !heads.has(pk));
  const unknown = head.filter(({ parts }) => !streams.has(parts.stream));
  return [
    ...orphans.map(({ key }) => `The document chunk has no head: ${key}`),
    ...refusal.map(({ key }) => `A document was refused as faulty: ${key}`),
    ...unknown.map(({ key }) => `The document is of a stream that has no row: ${key}`),
    ...head.flatMap((document) =>
      checkDocument(
        document,
        chunk.filter(({ pk }) => pk === document.pk),
        now,
      ),
    ),
  ];
}

function checkDocument({ key, fields }: Found<'head'>, chunks: Found<'chunk'>[], now: string): string[] {
  const { first = 1 } = fields;
  const place = ({ parts }: Found<'chunk'>) => Number(parts.index) - first;
  const sorted = chunks
    .filter((part) => place(part) >= 0 && place(part) < fields.chunks)
    .toSorted((a, b) => place(a) - place(b));
  const whole = fields.lastModified.endsWith('.000Z')
    ? []
    : [`The document's time has a fraction of a second: ${key}`];
  const until = fields.wantedUntil ?? fields.lastModified;
  // Its text was erased, or may have expired.
  if (fields.chunks === 0 || until <= now) return whole;
  if (sorted.length !== fields.chunks)
    return [...whole, `The document's chunks are not the ${fields.chunks} that its head counts: ${key}`];
  // Not to the second: of two that render one document at once, one may put the chunks and the other the head.
  const [earliest, latest] = [Date.parse(fields.lastModified), Date.parse(until) + 30 * 86_400_000];
  const lasting = sorted.filter(
    ({ fields: { ttl } }) => typeof ttl === 'number' && (ttl * 1000 < earliest || ttl * 1000 > latest),
  );
  const foreign = sorted.filter((part) => part.fields.etag !== fields.etag);
  return [
    ...whole,
    ...lasting.map((part) => `The document chunk does not expire with its head: ${part.key}`),
    ...foreign.map((part) => `The document chunk carries another etag than its head: ${part.key}`),
    ...(unpacks(sorted.map((part) => part.fields.chunk)) ? [] : [`The document does not unpack: ${key}`]),
  ];
}

function unpacks(chunks: Uint8Array[]): boolean {
  try {
    return brotliDecompressSync(Buffer.concat(chunks)).length > 0;
  } catch {
    return false;
  }
}
