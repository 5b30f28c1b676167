import { createHash } from 'node:crypto';
import { madePath, pathOf } from '../article/picture.ts';
import { callBucket } from '../store/bucket.ts';
import type { Store } from '../store/connection.ts';
import { findPicture, keepPicture, type StoredPicture } from '../store/pictures.ts';
import { cleanPicture } from './clean-picture.ts';
import { inspectPicture, RefusedPictureError } from './inspect-picture.ts';
import { makeSizes } from './make-sizes.ts';
import { pictureName } from './picture-name.ts';

export interface StoredOutcome {
  outcome: 'created' | 'replaced' | 'unchanged';
  picture: StoredPicture;
}

interface Sent {
  bytes: Buffer;
  /** As its sender calls it. */
  written: string;
  /** It is a file of content/media, which keeps its name, and which articles may show before it is there. */
  isFile?: boolean;
  /** Refuse to replace another one. */
  onlyNew?: boolean;
  now: string;
}

/** Keeps the picture and what is made of it, unless it is there. Throws RefusedPictureError. */
export async function storePicture(
  store: Store,
  { bytes, written, isFile, onlyNew, now }: Sent,
): Promise<StoredOutcome> {
  const inspected = inspectPicture(bytes);
  const { type, extension, width, height } = inspected;
  const name = isFile ? written : pictureName(written, extension);
  const hash = hashOf(bytes);
  const current = await findPicture(store, name);
  if (current?.hash === hash) return { outcome: 'unchanged', picture: current };
  const refuse = () =>
    new RefusedPictureError(`is another one than ${name}, which is there already`, 'taken');
  if (current && onlyNew) throw refuse();

  const clean = cleanPicture(bytes, inspected);
  const made = await makeSizes(clean.bytes, { width, height, isAnimated: clean.isAnimated });
  // By what is served: whoever sends that again, as after an export, gets the same address.
  const path = pathOf(name, hashOf(clean.bytes));
  const preview = made.find((each) => each.extension === 'jpg');
  await Promise.all([
    putObject(path, type, clean.bytes),
    ...made.map((each) =>
      putObject(
        madePath({ path }, each.width, each.extension),
        each.extension === 'webp' ? 'image/webp' : 'image/jpeg',
        each.bytes,
      ),
    ),
  ]);
  const picture: StoredPicture = {
    name,
    hash,
    storedAt: now,
    path,
    type,
    length: clean.bytes.length,
    width,
    height,
    widths: made.filter((each) => each !== preview).map((each) => each.width),
    ...(preview && { preview: { width: preview.width, length: preview.bytes.length } }),
  };
  const mayBeShown = isFile || current !== undefined;
  if (!(await keepPicture(store, picture, { current, mayBeShown, onlyNew }))) throw refuse();
  return { outcome: current ? 'replaced' : 'created', picture };
}

function hashOf(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex').slice(0, 16);
}

async function putObject(path: string, type: string, body: Uint8Array): Promise<void> {
  await callBucket({
    method: 'PUT',
    key: path.slice(1),
    body,
    headers: { 'content-type': type, 'cache-control': 'public, max-age=31536000, immutable' },
  });
}
