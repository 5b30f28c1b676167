import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { imageSize } from 'image-size';
import type { Picture } from '../functions/article/picture.ts';
import { type ContentFault, findFile, namesIn, readFile } from './content-files.ts';

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

/** Every usable image directly in `folder` by its file name, and the faults of the others. Throws InvalidSiteError. */
export function readMediaFiles(folder: string): { files: Map<string, Picture>; faults: ContentFault[] } {
  const files = new Map<string, Picture>();
  const faults: ContentFault[] = [];
  for (const name of namesIn(folder)) {
    const found = readMediaFile(folder, name);
    if (typeof found === 'string') faults.push({ file: join(folder, name), pointer: '', message: found });
    else if (found) files.set(name, found.media);
  }
  return { files, faults };
}

/** A usable image; why it is none, as a string; undefined where no file is. */
export function readMediaFile(
  folder: string,
  name: string,
): { bytes: Buffer; media: Picture } | string | undefined {
  const found = findFile(join(folder, name));
  if (typeof found !== 'object') return found;
  if (!found.isFile()) return 'is not a file';
  if (!fileName.test(name)) return 'needs a name of lower case letters a to z, digits, dots, _ and -';
  if (found.size > maxLength) return 'is larger than 4 MB';
  const bytes = readFile(join(folder, name));
  if (typeof bytes !== 'object') return bytes;
  const image = measure(bytes);
  const type = mediaTypes[image?.type ?? ''];
  if (!image || !type) return 'is not a PNG, JPEG, GIF, WebP or AVIF image';
  const hash = createHash('sha256').update(bytes).digest('hex').slice(0, 16);
  const path = `/media/${name.replace(/(?=\.[^.]*$)/, `.${hash}`)}`;
  return { bytes, media: { path, type, length: bytes.length, ...shownSize(image), widths: [] } };
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
