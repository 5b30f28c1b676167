import { brotliCompressSync, brotliDecompressSync, constants } from 'node:zlib';
import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import { marshall, unmarshall } from '@aws-sdk/util-dynamodb';

export type Key = { pk: string; sk?: string | undefined };
export type Item = Key & Record<string, unknown>;
export type Attributes = Record<string, AttributeValue>;

/** Leaves out undefined fields. */
export function toAttributes(item: object): Attributes {
  return marshall(item, { removeUndefinedValues: true });
}

export function fromAttributes<Shape extends object>(attributes: Attributes): Shape & Key {
  return unmarshall(attributes) as Shape & Key;
}

// An item may have 400 KB, names and keys included.
const chunkBytes = 350_000;

/** A text as brotli, in chunks that each fit into one item. */
export function pack(text: string): Uint8Array[] {
  // From 9 on brotli sets up tables of megabytes first: 20 times as long for the same bytes.
  const packed = brotliCompressSync(text, { params: { [constants.BROTLI_PARAM_QUALITY]: 8 } });
  const chunks: Uint8Array[] = [];
  for (let start = 0; start < packed.length; start += chunkBytes)
    chunks.push(packed.subarray(start, start + chunkBytes));
  return chunks;
}

/** The text of these chunks, in order. */
export function unpack(chunks: Uint8Array[]): string {
  return brotliDecompressSync(Buffer.concat(chunks)).toString();
}
