import { createHash } from 'node:crypto';
import { type Bucket, readObject } from '../store/bucket.ts';
import type { Store } from '../store/connection.ts';
import { findPictureImport, keepPictureImport, readPictures } from '../store/pictures.ts';
import { RefusedPictureError } from './inspect-picture.ts';
import { storePicture } from './store-picture.ts';

export interface PictureImport {
  /** The key of each picture of content/media among the deployment's assets, by its name. */
  keys: Record<string, string>;
  assets: Bucket;
  /** After these no further picture is begun. */
  milliseconds: number;
  now: () => string;
  /** Is told of what stops neither the others nor the deployment. */
  report(name: string, error: unknown): void;
}

/**
 * Takes over the pictures of content/media that are not there yet: as many as its time allows, the next run goes on. Returns how many it
 * has stored, and how many are left; undefined if all are there, or another run may be at work.
 */
export async function importPictures(
  store: Store,
  { keys, assets, milliseconds, now, report }: PictureImport,
): Promise<{ stored: number; left: number } | undefined> {
  const list = Object.entries(keys);
  const digest = createHash('sha256').update(JSON.stringify(list)).digest('hex');
  const state = await findPictureImport(store);
  if (state?.digest === digest && (!state.until || state.until > now())) return undefined;
  const end = performance.now() + milliseconds;
  await keepPictureImport(store, { digest, until: new Date(Date.parse(now()) + milliseconds).toISOString() });
  const known = await readHashes(store);
  const missing = list.filter(([name, key]) => known.get(name) !== key.slice(0, 16));
  let [left, stored] = [missing.length, 0];
  for (const [name, key] of missing) {
    if (performance.now() > end) break;
    try {
      const object = await readObject(key, assets);
      if (!object) throw new Error(`The deployment has not brought ${key}`);
      const bytes = Buffer.from(await object.arrayBuffer());
      await storePicture(store, { bytes, written: name, isFile: true, now: now() });
      stored += 1;
      left -= 1;
    } catch (error) {
      report(name, error);
      if (error instanceof RefusedPictureError) left -= 1;
    }
  }
  await keepPictureImport(store, { digest, until: left > 0 ? now() : undefined });
  return { stored, left };
}

async function readHashes(store: Store): Promise<Map<string, string>> {
  const hashes = new Map<string, string>();
  for (let after: string | undefined; ; ) {
    const { pictures, next } = await readPictures(store, { limit: 1_000, after });
    for (const { name, hash } of pictures) hashes.set(name, hash);
    if (!next) return hashes;
    after = next;
  }
}
