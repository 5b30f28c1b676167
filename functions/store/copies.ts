import { createHash } from 'node:crypto';
import type { Store } from './connection.ts';
import { batchGetAll, readPartition } from './read-items.ts';
import { keyOf, partitionOf } from './rows.ts';
import { putRow, removeRow } from './transaction.ts';

/** A stranger's picture that is to become one of ours: its bytes wait in the bucket. */
export interface Copy {
  /** As nameOfCopy makes it. */
  name: string;
  /** ISO 8601 in UTC with milliseconds. */
  at: string;
  /** Why it is no picture of ours after all: the end of a sentence. */
  wrong?: string | undefined;
}

const endings = ['avif', 'gif', 'jpg', 'png', 'webp'];
/** As long as an upload is kept. */
const copySeconds = 86_400;

/** Of the picture at this address, without the ending that it will have. */
export function nameOfCopy(address: string): string {
  return `copy-${createHash('sha256').update(address).digest('hex').slice(0, 32)}`;
}

/** Where the bytes wait. */
export function keyOfCopy(name: string): string {
  return `uploads/${name}`;
}

/** What is known of the copies by these names: the file's name where one is stored, or the copy that waits. */
export async function findCopies(store: Store, names: string[]): Promise<Map<string, string | Copy>> {
  const pictures = names.flatMap((name) =>
    endings.map((ending) => keyOf('picture', { name: `${name}.${ending}` })),
  );
  const rows = await batchGetAll<Copy>(store, [...pictures, ...names.map((name) => keyOf('copy', { name }))]);
  const waiting = rows.filter(({ pk }) => pk === partitionOf('copy', {}));
  const stored = rows.filter((row) => !waiting.includes(row));
  return new Map<string, string | Copy>([
    ...waiting.map((copy) => [copy.name, copy] as const),
    ...stored.map(({ name }) => [name.replace(/\.\w+$/, ''), name] as const),
  ]);
}

export async function keepCopy(store: Store, { name, at, wrong }: Copy): Promise<void> {
  const ttl = Math.floor(Date.parse(at) / 1000) + copySeconds;
  await putRow(store, { ...keyOf('copy', { name }), name, at, wrong, ttl });
}

export async function readWaitingCopies(store: Store): Promise<Copy[]> {
  const copies = await readPartition<Copy>(store, partitionOf('copy', {}), { ConsistentRead: false });
  return copies.filter(({ wrong }) => wrong === undefined);
}

export async function removeCopy(store: Store, name: string): Promise<void> {
  await removeRow(store, keyOf('copy', { name }));
}
