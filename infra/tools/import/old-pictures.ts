import { createHash } from 'node:crypto';
import { parse } from 'node:path';
import { pathToFileURL } from 'node:url';
import { InvalidFileError } from '../../../functions/article/fault.ts';
import type { Redirect } from '../../../functions/article/old-path.ts';
import { inspectPicture, RefusedPictureError } from '../../../functions/media/inspect-picture.ts';
import { pictureName } from '../../../functions/media/picture-name.ts';
import { FetchError } from '../../../functions/pull/send-request.ts';
import type { RetryingClient } from '../api/retrying-client.ts';
import { sendPicture } from '../publish/send-picture.ts';
import type { Journal } from './journal.ts';
import type { OldAddresses } from './old-addresses.ts';
import type { OldPicture } from './old-site.ts';
import { decoded, type PictureSource } from './picture-source.ts';
import { pictureFile } from './rewrite-body.ts';

/** What became of a picture: its path on our site, or why it has none. */
export type Taken = { path: string } | { why: string };

export interface PictureSettings {
  api: RetryingClient;
  journal: Journal;
  addresses: OldAddresses;
  /** Names of pictures below it do not tell where on this machine it is. */
  project: string | undefined;
  source: PictureSource;
  /** They come from the old site, not from this machine. */
  isFetched: boolean;
  isDryRun: boolean;
}

/** The pictures of an old site: each is fetched and sent once. */
export class OldPictures {
  readonly #settings: PictureSettings;
  /** The full sizes of pictures by their addresses. */
  readonly #full = new Map<string, string>();
  readonly #taken = new Map<string, Promise<Taken>>();
  /** How many are on the site, or would be after a dry run. */
  count = 0;

  constructor(settings: PictureSettings) {
    this.#settings = settings;
  }

  learn({ url, addresses }: OldPicture): void {
    for (const address of [url, ...addresses]) {
      const resolved = this.#settings.addresses.resolve(address);
      if (resolved) this.#full.set(this.#keyOf(resolved), url);
    }
  }

  /** Whether the address is that of a picture which moves along. `use`: a link may also lead to a page. */
  isOurs(url: URL, use: 'shown' | 'linked'): boolean {
    const mayBe = use === 'shown' || pictureFile.test(url.pathname);
    return (
      this.#full.has(this.#keyOf(url)) ||
      (mayBe && (url.protocol === 'file:' || this.#settings.addresses.isOwnPicture(url)))
    );
  }

  /** Once for each picture, however often it is asked for. Throws CommandError where the site takes nothing any more. */
  take(url: URL): Promise<Taken> {
    const full = this.#settings.addresses.resolve(this.#full.get(this.#keyOf(url)) ?? url.href) ?? url;
    const key = this.#keyOf(full);
    const taken = this.#taken.get(key) ?? this.#move(full, key);
    this.#taken.set(key, taken);
    return taken;
  }

  /** Where the old addresses of those that were taken lead. */
  async *redirects(): AsyncGenerator<Redirect> {
    for (const [from, taken] of this.#taken) {
      const took = await taken;
      if (from.startsWith('/') && 'path' in took) yield { from, to: took.path };
    }
    for (const [from, full] of this.#full) {
      const url = this.#settings.addresses.resolve(full);
      const took = url && (await this.#taken.get(this.#keyOf(url)));
      if (took && from.startsWith('/') && 'path' in took) yield { from, to: took.path };
    }
  }

  async #move(url: URL, key: string): Promise<Taken> {
    try {
      const name = this.#settings.journal.pictures.get(key) ?? (await this.#send(url, key));
      this.count += 1;
      return { path: `/media/${name}` };
    } catch (error) {
      if (error instanceof InvalidFileError) return { why: error.faults[0]?.message ?? 'is refused' };
      if (error instanceof RefusedPictureError || error instanceof FetchError) return { why: error.message };
      throw error;
    }
  }

  /** Returns its name on our site. */
  async #send(url: URL, key: string): Promise<string> {
    const { api, journal, source, isFetched, isDryRun } = this.#settings;
    const stem = parse(decoded(url.pathname)).name.slice(0, 60);
    // Those of two months may have one name.
    const written = `${stem}-${createHash('sha256').update(key).digest('hex').slice(0, 8)}`;
    if (isDryRun && isFetched && url.protocol !== 'file:') return pictureName(written, 'jpg');
    const bytes = await source.read(url);
    const { type, extension } = inspectPicture(bytes);
    const name = pictureName(written, extension);
    if (isDryRun) return name;
    await sendPicture(api, { file: url.href, name, type, bytes });
    journal.add({ picture: key, name });
    return name;
  }

  /** The same on every machine, and for all ways to write an address. */
  #keyOf(url: URL): string {
    const { project, addresses } = this.#settings;
    if (url.protocol !== 'file:') return addresses.keyOf(url);
    const folder = project && `${pathToFileURL(project).href}/`;
    return folder && url.href.startsWith(folder) ? `file:${url.href.slice(folder.length)}` : url.href;
  }
}
