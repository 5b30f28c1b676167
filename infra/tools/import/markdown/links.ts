import { dirname, join } from 'node:path/posix';
import { text } from './field-values.ts';
import { isPictureName, type ProjectFiles } from './project-files.ts';
import { type MarkdownSystem, type Page, pathOfHome } from './system.ts';

const foreign = /^(?:[a-z][a-z0-9+.-]*:|\/\/|#|$)/i;
const textEnding = /\.(?:md|mdx|markdown|html)$/i;

/** Finds what the texts of a project name: its pictures and its other articles. */
export class Links {
  readonly #files: ProjectFiles;
  readonly #system: MarkdownSystem;
  readonly #addresses = new Map<string, string>();
  readonly #byName = new Map<string, string>();
  /** The pictures that were shown, by `file://` address, and where they were found. */
  readonly pictures = new Map<string, string>();

  constructor(files: ProjectFiles, system: MarkdownSystem) {
    this.#files = files;
    this.#system = system;
  }

  add(path: string, address: string): void {
    const stem = path.replace(textEnding, '');
    const bundle = stem.replace(/\/index$/, '');
    for (const each of [path, stem, bundle]) this.#addresses.set(each, address);
    const name = bundle.replace(/.*\//, '').toLowerCase();
    if (!this.#byName.has(name)) this.#byName.set(name, address);
  }

  /** The address of the article that a file's path, as a text writes it, or else its bare name means. */
  findArticle(written: string, page: Page): string | undefined {
    const [path = '', tail = ''] = split(decoded(written));
    const folders = path.startsWith('/')
      ? this.#system.contentFolders
      : [dirname(page.path), ...this.#system.contentFolders];
    for (const folder of folders) {
      const found = this.#addresses.get(join(folder, path).replace(/\/$/, ''));
      if (found !== undefined) return found + tail;
    }
    const named = path.includes('/')
      ? undefined
      : this.#byName.get(path.replace(textEnding, '').toLowerCase());
    return named === undefined ? undefined : named + tail;
  }

  /** An address as a text writes it, as a path from the site's root; a picture of the project by its `file://` address. */
  resolve(written: string, page: Page, address: string | undefined, note: (line: string) => void): string {
    const own = this.#withoutHome(written);
    if (foreign.test(own)) return written;
    const [path = '', tail = ''] = split(decoded(own));
    if (isPictureName(path)) {
      const picture = this.#findPicture(path, page, address);
      if (picture !== undefined) return picture;
      note(`the picture ${written} is not in the folder`);
    }
    if (/\.(?:md|mdx|markdown)$/i.test(path) || !own.startsWith('/')) {
      const found = this.findArticle(own, page);
      if (found !== undefined) return found;
    }
    return own.startsWith('/') ? own : fromRoot(path, address) + tail;
  }

  #withoutHome(written: string): string {
    const { home } = this.#system;
    if (home === undefined || !written.toLowerCase().startsWith(home.toLowerCase())) return written;
    const rest = written.slice(home.length);
    return /^[/?#]/.test(rest) || rest === '' ? pathOfHome(home) + (rest || '/') : written;
  }

  #findPicture(path: string, page: Page, address: string | undefined): string | undefined {
    const base = pathOfHome(this.#system.home);
    const root = path.startsWith('/') ? path : fromRoot(path, address);
    const ofAlias = /^[@~]\/?(?=\w)/.test(path) ? [join('src', path.replace(/^[@~]\/?/, ''))] : [];
    // Of a usual theme: the folder that a page's pictures lie in.
    const named = text(page.fields.mediasubpath) ?? text(page.fields.imgpath);
    const below = named && !path.startsWith('/') ? [join('/', named, path)] : [];
    const roots = [
      ...new Set([...below, root, root.startsWith(`${base}/`) ? root.slice(base.length) : root, path]),
    ];
    const { publicFolders, pictureFolders = [] } = this.#system;
    const found = this.#files.findPicture([
      ...(path.startsWith('/') ? [] : [join(dirname(page.path), path)]),
      ...ofAlias,
      ...roots.flatMap((each) => [...publicFolders, ...pictureFolders].map((folder) => join(folder, each))),
    ]);
    if (found === undefined) return undefined;
    const folder = publicFolders.find((each) => each === '.' || found.path.startsWith(`${each}/`));
    const isBeside = !path.startsWith('/') && found.path === join(dirname(page.path), path);
    if (isBeside && this.#system.constructs !== 'components') this.pictures.set(found.url, root);
    else if (folder !== undefined)
      this.pictures.set(
        found.url,
        join(base || '/', folder === '.' ? found.path : found.path.slice(folder.length)),
      );
    return found.url;
  }
}

function fromRoot(path: string, address: string | undefined): string {
  return new URL(encodeURI(path), `http://old.example${address ?? '/'}`).pathname;
}

function split(address: string): [string, string] {
  const at = address.search(/[?#]/);
  return at < 0 ? [address, ''] : [address.slice(0, at), address.slice(at)];
}

export function decoded(written: string): string {
  try {
    return decodeURI(written);
  } catch {
    return written;
  }
}
