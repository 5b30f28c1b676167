import { createHash } from 'node:crypto';
import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { imageSize } from 'image-size';
import type { ContentFault } from './prepared-content.ts';

/** What pages and feeds need to know about an image. */
export interface MediaFile {
  hash: string;
  type: string;
  /** In bytes. */
  length: number;
  width: number;
  height: number;
}

// No SVG: opened by itself it is a page that may run scripts on the site's origin.
const mediaTypes: Record<string, string> = {
  png: 'image/png',
  jpg: 'image/jpeg',
  gif: 'image/gif',
  webp: 'image/webp',
  avif: 'image/avif',
};
// Base64 and the rest of a Lambda's answer leave about 4.5 of its 6 MB.
const maxLength = 4 * 1024 * 1024;
const fileName = /^[a-z0-9][a-z0-9._-]*$/;

/** Every usable image directly in `folder` by its file name, and the faults of the others. */
export async function readMediaFiles(
  folder: string,
): Promise<{ files: Map<string, MediaFile>; faults: ContentFault[] }> {
  const files = new Map<string, MediaFile>();
  const faults: ContentFault[] = [];
  for (const name of await namesIn(folder)) {
    const found = await inspect(name, join(folder, name));
    if (typeof found === 'string') faults.push({ file: join(folder, name), pointer: '', message: found });
    else files.set(name, found);
  }
  return { files, faults };
}

/** Without hidden files, such as a desktop's own. Sorted, so that the same files give the same output. */
export async function namesIn(folder: string): Promise<string[]> {
  try {
    return (await readdir(folder)).filter((name) => !name.startsWith('.')).sort();
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw cause;
  }
}

async function inspect(name: string, path: string): Promise<MediaFile | string> {
  const status = await stat(path);
  if (!status.isFile()) return 'is not a file';
  if (!fileName.test(name)) return 'needs a name of lower case letters a to z, digits, dots, _ and -';
  if (status.size > maxLength) return 'is larger than 4 MB';
  const bytes = await readFile(path);
  const image = measure(bytes);
  const type = mediaTypes[image?.type ?? ''];
  if (!image || !type) return 'is not a PNG, JPEG, GIF, WebP or AVIF image';
  const hash = createHash('sha256').update(bytes).digest('hex').slice(0, 16);
  return { hash, type, length: bytes.length, ...shownSize(image) };
}

// EXIF orientations from 5 on are turned by 90 degrees; browsers turn them back.
function shownSize({ width, height, orientation = 1 }: ReturnType<typeof imageSize>) {
  return orientation < 5 ? { width, height } : { width: height, height: width };
}

function measure(bytes: Buffer) {
  try {
    return imageSize(bytes);
  } catch {
    return undefined;
  }
}
