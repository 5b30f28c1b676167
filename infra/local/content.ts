import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, readFile, rename, rm, symlink } from 'node:fs/promises';
import { basename, join, relative, resolve } from 'node:path';
import { describeFault, prepareContent } from '../prepared-content.ts';

/** An editor that saves by renaming takes a file away for a moment. */
const removalMilliseconds = 1000;

export interface ContentOptions {
  contentDir: string;
  /** The folders of all functions' assets, whose content is replaced by links to what is prepared here. */
  assets: string[];
  /** Where content is prepared; nothing else may be in it. */
  workDir: string;
  /** Has the functions take up the new content. */
  deploy(): Promise<void>;
  log(line: string): void;
}

/** Prepared content: a folder and the hashes of its files, by their paths below it. */
interface Prepared {
  folder: string;
  files: Map<string, string>;
}

/** Hands the content folder to the functions, as it is at first and whenever it has changed. */
export class Content {
  /** Rejects with InvalidSiteError. */
  readonly opened: Promise<void>;
  readonly #options: ContentOptions;
  readonly #workDir: string;
  readonly #link: string;
  #current: Prepared = { folder: '', files: new Map() };
  #missingSince = new Map<string, number>();
  #told = '';

  constructor(options: ContentOptions) {
    this.#options = options;
    this.#workDir = resolve(options.workDir);
    this.#link = join(this.#workDir, 'current');
    this.opened = this.#open();
  }

  /**
   * Publishes what is new at `now` (milliseconds); while a file has not been gone for long enough, nothing.
   * Answers in how many milliseconds to call again, if that is needed without another change.
   */
  async publish(now: number): Promise<number | undefined> {
    await this.opened;
    try {
      return await this.#replaceBy(await this.#prepare(), now);
    } catch (error) {
      this.#tell([(error as Error).message, 'Nothing is published until that is put right']);
      return undefined;
    } finally {
      for (const name of await readdir(this.#workDir))
        if (name !== 'current' && name !== basename(this.#current.folder))
          await rm(join(this.#workDir, name), { recursive: true });
    }
  }

  async #open(): Promise<void> {
    await rm(this.#workDir, { recursive: true, force: true });
    await mkdir(this.#workDir, { recursive: true });
    await this.#use(await this.#prepare());
    for (const folder of new Set(this.#options.assets.map((asset) => join(asset, 'content'))))
      for (const part of existsSync(folder) ? await readdir(folder) : []) {
        await rm(join(folder, part), { recursive: true });
        await symlink(join(this.#link, part), join(folder, part));
      }
  }

  async #prepare(): Promise<Prepared> {
    const folder = await mkdtemp(join(this.#workDir, 'prepared-'));
    this.#tell((await prepareContent(this.#options.contentDir, folder)).map(describeFault));
    const files = new Map<string, string>();
    for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
      if (!entry.isFile()) continue;
      const path = join(entry.parentPath, entry.name);
      // One after the other: a process may not open thousands of files at once.
      const hash = createHash('sha256').update(await readFile(path));
      files.set(relative(folder, path), hash.digest('base64'));
    }
    return { folder, files };
  }

  async #replaceBy(next: Prepared, now: number): Promise<number | undefined> {
    const { files } = this.#current;
    const removed = [...files.keys()].filter((file) => !next.files.has(file)).sort();
    const wait = this.#findWait(removed, now);
    if (wait > 0) return wait;
    const changed = [...next.files.keys()].filter((file) => next.files.get(file) !== files.get(file)).sort();
    if (changed.length + removed.length === 0) return undefined;
    await this.#use(next);
    this.#options.log(describeChange(changed, removed));
    await this.#options.deploy();
    return undefined;
  }

  /** In one step, for functions that read at this moment. */
  async #use(next: Prepared): Promise<void> {
    await symlink(next.folder, `${this.#link}.new`);
    await rename(`${this.#link}.new`, this.#link);
    this.#current = next;
  }

  /** How long until all missing files have been missing for long enough. */
  #findWait(missing: string[], now: number): number {
    this.#missingSince = new Map(missing.map((file) => [file, this.#missingSince.get(file) ?? now]));
    return Math.max(0, ...[...this.#missingSince.values()].map((since) => since + removalMilliseconds - now));
  }

  /** Once, not again with every change of another file. */
  #tell(lines: string[]): void {
    const text = lines.join('\n');
    if (text && text !== this.#told) this.#options.log(text);
    this.#told = text;
  }
}

/** By the names that the files have in the content folder; what is derived from site.yaml goes without saying. */
function describeChange(changed: string[], removed: string[]): string {
  const sources = changed
    .filter((file) => file !== 'media.json' && file !== 'openapi.json')
    .map((file) => (file === 'site.json' ? 'site.yaml' : file));
  return [
    ...(sources.length > 0 ? [`Changed: ${sources.join(', ')}`] : []),
    ...(removed.length > 0 ? [`Removed: ${removed.join(', ')}`] : []),
  ].join('; ');
}
