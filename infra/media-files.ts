import { createHash } from 'node:crypto';
import { extname, join } from 'node:path';
import { type Picture, pathOf } from '../functions/article/picture.ts';
import { cleanPicture } from '../functions/media/clean-picture.ts';
import { inspectPicture, maxPictureBytes, RefusedPictureError } from '../functions/media/inspect-picture.ts';
import { type ContentFault, findFile, namesIn, readFile } from './content-files.ts';

/** The function that takes pictures over may read files with these endings, and no others of the deployment's. */
export const pictureEndings = ['png', 'jpg', 'jpeg', 'gif', 'webp', 'avif'];
const fileName = new RegExp(`^[a-z0-9][a-z0-9._-]*\\.(?:${pictureEndings.join('|')})$`);

/** A picture of content/media. */
export interface MediaFile {
  media: Picture;
  /** The name of its object among the deployment's assets: its SHA-256, with the ending. */
  key: string;
}

/** Every usable picture directly in `folder` by its file name, and the faults of the others. Throws InvalidSiteError. */
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

/** A usable picture; why it is none, as a string; undefined where no file is. */
export function readMediaFile(folder: string, name: string): MediaFile | string | undefined {
  const found = findFile(join(folder, name));
  if (typeof found !== 'object') return found;
  if (!found.isFile()) return 'is not a file';
  if (found.size > maxPictureBytes) return `is larger than ${maxPictureBytes / 1e6} MB`;
  const bytes = readFile(join(folder, name));
  if (typeof bytes !== 'object') return bytes;
  try {
    const inspected = inspectPicture(bytes);
    const { type, width, height } = inspected;
    if (!fileName.test(name))
      return 'needs a name of lower case letters a to z, digits, dots, _ and -, with an ending such as .jpg';
    const clean = served(bytes, inspected);
    const path = pathOf(name, sha256(clean));
    return {
      media: { path, type, length: clean.length, width, height, widths: [] },
      key: sha256(bytes) + extname(name),
    };
  } catch (error) {
    if (error instanceof RefusedPictureError) return error.message;
    throw error;
  }
}

/** Without its metadata. What is damaged beyond its beginning the function refuses that takes it over. */
function served(bytes: Buffer, inspected: ReturnType<typeof inspectPicture>): Buffer {
  try {
    return cleanPicture(bytes, inspected).bytes;
  } catch (error) {
    if (error instanceof RefusedPictureError) return bytes;
    throw error;
  }
}

function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}
