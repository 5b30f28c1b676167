import { type Dirent, readdirSync, realpathSync, statSync } from 'node:fs';
import { join, posix } from 'node:path';
import { pathToFileURL } from 'node:url';
import { decodeFile } from '../../../../functions/article/article-file.ts';
import { InvalidFileError } from '../../../../functions/article/fault.ts';
import { findInside, readFile } from '../../../content-files.ts';
import { CommandError } from '../../command.ts';

// A Lambda takes in 6 MB: nothing larger can become an article.
const maxFileBytes = 8_000_000;
const pictureEnding = /\.(?:png|jpe?g|gif|webp|avif|hei[cf]|svg|tiff?)$/i;

/** The files of a project, by paths from its root with `/` between their parts. Nothing outside the root is read, links included. */
export class ProjectFiles {
  readonly root: string;

  constructor(folder: string) {
    this.root = realpathSync.native(folder);
  }

  /** Files below a folder in a fixed order, without hidden ones and without folders that `isSkipped`. */
  *below(folder: string, isSkipped: (path: string) => boolean): Generator<string> {
    for (const entry of this.#entriesOf(folder)) {
      const path = posix.join(folder, entry.name);
      if (entry.name.startsWith('.') || isSkipped(path)) continue;
      // A link to a folder could lead back.
      if (entry.isDirectory()) yield* this.below(path, isSkipped);
      else if (!entry.isSymbolicLink() || !this.#isFolder(path)) yield path;
    }
  }

  #entriesOf(folder: string): Dirent[] {
    const path = this.#pathOf(folder);
    if (path === undefined || !statSync(path).isDirectory()) return [];
    try {
      return readdirSync(path, { withFileTypes: true }).sort((one, other) =>
        one.name < other.name ? -1 : 1,
      );
    } catch (cause) {
      const { code } = cause as NodeJS.ErrnoException;
      throw new CommandError(`${path} cannot be read (${code})`, { cause });
    }
  }

  #isFolder(path: string): boolean {
    const found = this.#pathOf(path);
    return found !== undefined && statSync(found).isDirectory();
  }

  names(folder: string): string[] {
    return this.#entriesOf(folder).map(({ name }) => name);
  }

  has(path: string): boolean {
    return this.#pathOf(path) !== undefined;
  }

  /** Throws InvalidFileError. */
  text(path: string): string {
    const found = this.#pathOf(path);
    if (found === undefined) throw unreadable('is not there, or is a link that leads out of the folder');
    if (statSync(found).size > maxFileBytes) throw unreadable('is larger than 8 MB');
    const bytes = readFile(found) ?? 'is not there';
    if (typeof bytes === 'string') throw unreadable(bytes);
    return decodeFile(bytes);
  }

  /** The text of a file that need not be there. Throws InvalidFileError. */
  findText(path: string): string | undefined {
    return this.has(path) ? this.text(path) : undefined;
  }

  /** The `file://` address of the first of these paths that is a picture. */
  findPicture(paths: string[]): { url: string; path: string } | undefined {
    for (const path of paths) {
      const found = pictureEnding.test(path) ? this.#pathOf(path) : undefined;
      if (found === undefined || !statSync(found).isFile()) continue;
      const { href } = pathToFileURL(found);
      return { url: href.replace(/[()']/g, (sign) => `%${sign.charCodeAt(0).toString(16)}`), path };
    }
    return undefined;
  }

  #pathOf(path: string): string | undefined {
    return findInside(this.root, join(this.root, path));
  }
}

function unreadable(message: string): InvalidFileError {
  return new InvalidFileError([{ line: 1, pointer: '', message }]);
}

export function isPictureName(path: string): boolean {
  return pictureEnding.test(path);
}
