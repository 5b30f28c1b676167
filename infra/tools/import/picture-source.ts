import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { maxPictureBytes, RefusedPictureError } from '../../../functions/media/inspect-picture.ts';
import { type Fetched, safeFetch } from '../../../functions/pull/safe-fetch.ts';
import { FetchError, type Network } from '../../../functions/pull/send-request.ts';
import { findFile, findInside, readFile } from '../../content-files.ts';
import { unknownHost } from './old-addresses.ts';

export interface SourceSettings {
  /** The folder of this machine whose pictures `file://` may name. */
  project: string | undefined;
  /** Where pictures are looked for instead of on the old site. */
  folder?: string | undefined;
  /** The site's address, told to whom is asked. */
  from: string;
  network?: Partial<Network> | undefined;
  pause?: ((milliseconds: number) => Promise<unknown>) | undefined;
}

const pauses = [1_000, 5_000];
/** After so many pictures in a row without any answer, none is asked for any more. */
const mostFailures = 5;

/** Where the bytes of an old site's pictures come from. */
export class PictureSource {
  readonly #settings: SourceSettings;
  #failures = 0;

  constructor(settings: SourceSettings) {
    this.#settings = settings;
  }

  /** At most 50 MB. Passing failures are repeated. Throws RefusedPictureError or FetchError. */
  async read(url: URL): Promise<Buffer> {
    const { folder } = this.#settings;
    if (url.protocol === 'file:') return readPicture(this.#fileOf(url));
    if (folder === undefined && url.hostname === unknownHost)
      throw new RefusedPictureError('say with --home where the old site is');
    if (folder === undefined) return this.#fetch(url);
    const file = findByTail(folder, url);
    if (file === undefined) throw new RefusedPictureError(`is not in ${folder}`);
    return readPicture(file);
  }

  /** An export may come from anybody: it names no file outside the project. */
  #fileOf(url: URL): string {
    const { project } = this.#settings;
    if (project === undefined)
      throw new RefusedPictureError('is a file of some machine, not of the old site');
    // A host, and a slash within a name, make no path.
    const isPath = url.host === '' && !/%2f|%5c|%00/i.test(url.pathname);
    const file = isPath && findInside(project, fileURLToPath(url));
    if (!file) throw new RefusedPictureError('is not there, or lies outside the folder');
    return file;
  }

  async #fetch(url: URL): Promise<Buffer> {
    const { from, network, pause = delay } = this.#settings;
    const options = { from, network, milliseconds: 60_000, maxBytes: maxPictureBytes };
    for (let attempt = 0; ; attempt++) {
      if (this.#failures >= mostFailures)
        throw new FetchError('it was not asked for, as the old site does not answer');
      const fetched = await safeFetch(url.href, options).catch((error) => error as Error);
      const wait = pauses[attempt];
      if (wait === undefined || !isPassing(fetched)) return this.#bytesOf(fetched, url);
      await pause(wait);
    }
  }

  #bytesOf(fetched: Fetched | Error, { host }: URL): Buffer {
    if (fetched instanceof Error) {
      this.#failures += 1;
      throw fetched;
    }
    this.#failures = 0;
    if (fetched.status !== 200) throw new FetchError(`${host} answers ${fetched.status}`);
    return Buffer.from(fetched.body);
  }
}

function isPassing(fetched: Fetched | Error): boolean {
  return fetched instanceof Error
    ? fetched instanceof FetchError
    : [429, 500, 502, 503, 504].includes(fetched.status);
}

/** `wp-content/uploads/2019/05/a.jpg` as it is written, or without the folders at its beginning. */
function findByTail(folder: string, { pathname }: URL): string | undefined {
  const parts = pathname
    .split('/')
    .filter((part) => part !== '')
    .map(decoded);
  if (parts.some((part) => part === '..' || /[/\\\0]/.test(part))) return undefined;
  return parts
    .map((_, index) => join(folder, ...parts.slice(index)))
    .find((path) => {
      const found = findFile(path);
      return typeof found === 'object' && found.isFile();
    });
}

function readPicture(file: string): Buffer {
  const found = findFile(file);
  if (typeof found === 'object' && found.size > maxPictureBytes)
    throw new RefusedPictureError(`is larger than ${maxPictureBytes / 1e6} MB`, 'too-large');
  const bytes = readFile(file) ?? 'is not there';
  if (typeof bytes === 'string') throw new RefusedPictureError(bytes);
  return bytes;
}

/** What stands in a path; as it is written where that is no UTF-8. */
export function decoded(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}
