import { basename, dirname, extname, join } from 'node:path';
import type { Fault } from '../../../functions/article/fault.ts';
import {
  inspectPicture,
  maxPictureBytes,
  RefusedPictureError,
} from '../../../functions/media/inspect-picture.ts';
import { pictureName } from '../../../functions/media/picture-name.ts';
import { findFile, readFile } from '../../content-files.ts';

/** A picture on this machine, and what it is called on the site. */
export interface NamedPicture {
  file: string;
  name: string;
  type: string;
}

const ending = '\\.(?:png|jpe?g|gif|webp|avif|hei[cf]|svg|tiff?)';
// In Markdown `](address)`, `](<an address>)` and `[name]: address`; in HTML the values of attributes.
const places = [
  `(?<=\\]\\(\\s*<)[^<>\\n]+${ending}(?=>)`,
  `(?<=\\]\\(\\s*)[^\\s<>()"']+${ending}(?=[\\s)])`,
  `(?<=^\\[[^\\]\\n]+\\]:\\s*)[^\\s<>]+${ending}(?=\\s|$)`,
  `(?<=\\b(?:src|href|poster)\\s*=\\s*")[^"\\n]+${ending}(?=")`,
  `(?<=\\b(?:src|href|poster)\\s*=\\s*')[^'\\n]+${ending}(?=')`,
];
const addresses = new RegExp(places.join('|'), 'gim');

/**
 * The pictures on this machine that a file's text and lead picture name, by paths from the file on or as `/media/name` of a folder
 * `media` beside it or above. The fields name them as the site will. Others stay as they are written.
 */
export function findNamedPictures(
  file: string,
  fields: Record<string, unknown>,
): { fields: Record<string, unknown>; pictures: NamedPicture[]; faults: Fault[] } {
  const pictures = new Map<string, NamedPicture>();
  const faults: Fault[] = [];
  const rename = (written: string, pointer: string): string => {
    const path = findPath(dirname(file), written);
    if (path === undefined) return written;
    try {
      const picture = inspect(path);
      pictures.set(path, picture);
      return `/media/${picture.name}`;
    } catch (error) {
      if (!(error instanceof RefusedPictureError)) throw error;
      faults.push({ pointer, message: `the picture ${written} ${error.message}` });
      return written;
    }
  };
  const renamed = { ...fields };
  for (const name of ['markdown', 'html']) {
    const text = fields[name];
    if (typeof text === 'string') renamed[name] = text.replace(addresses, (url) => rename(url, `/${name}`));
  }
  const { image } = fields;
  if (typeof image === 'object' && image !== null && 'url' in image && typeof image.url === 'string')
    renamed.image = { ...image, url: rename(image.url, '/image/url') };
  return { fields: renamed, pictures: [...pictures.values()], faults };
}

function findPath(folder: string, written: string): string | undefined {
  if (/^(?:[a-z][a-z0-9+.-]*:|\/\/)/i.test(written)) return undefined;
  const [, inMedia] = /^\/media\/([^/]+)$/.exec(written) ?? [];
  if (written.startsWith('/') && inMedia === undefined) return undefined;
  const candidates =
    inMedia === undefined
      ? [join(folder, written), join(folder, decoded(written))]
      : [join(folder, 'media', inMedia), join(folder, '../media', inMedia)];
  return candidates.find((path) => {
    const found = findFile(path);
    return typeof found === 'object' && found.isFile();
  });
}

function decoded(written: string): string {
  try {
    return decodeURIComponent(written);
  } catch {
    return written;
  }
}

function inspect(file: string): NamedPicture {
  const found = findFile(file);
  if (typeof found === 'object' && found.size > maxPictureBytes)
    throw new RefusedPictureError(`is larger than ${maxPictureBytes / 1e6} MB`, 'too-large');
  const bytes = readFile(file) ?? 'is not there';
  if (typeof bytes === 'string') throw new RefusedPictureError(bytes);
  const { type, extension } = inspectPicture(bytes);
  return { file, name: pictureName(basename(file, extname(file)), extension), type };
}
