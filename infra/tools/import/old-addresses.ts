import { articlePath } from '../../../functions/article/addresses.ts';
import { oldPathsFor, type Redirect, spellOldPath, targetOf } from '../../../functions/article/old-path.ts';

/** Of addresses where nothing tells the old site's. */
export const unknownHost = 'old.invalid';

/** Where the addresses of an old site lead on ours. */
export class OldAddresses {
  /** The old home page; undefined while nothing tells it. */
  #home: URL | undefined;
  /** By the address as `keyOf` spells it. */
  readonly #targets = new Map<string, string>();

  constructor(home: string | undefined) {
    if (home !== undefined && URL.canParse(home)) this.#home = new URL(home);
  }

  get home(): string | undefined {
    return this.#home?.href;
  }

  /** An old address that leads to this path or address, or with `/*` at its end all that begin so. The first that is told of one counts. */
  add(address: string, target: string): void {
    // An export that does not name its home page has articles with whole addresses, or only paths.
    if (!this.#home && /^https?:/.test(address) && URL.canParse(address)) this.#home = new URL('/', address);
    const isBeginning = address.endsWith('/*');
    const url = this.resolve(isBeginning ? address.slice(0, -2) : address);
    if (!url) return;
    const key = this.keyOf(url) + (isBeginning ? '/*' : '');
    if (!this.#targets.has(key)) this.#targets.set(key, target);
  }

  addArticle(addresses: string[], slug: string): void {
    for (const address of addresses) this.add(address, articlePath(slug));
  }

  /** The whole address, if it can be told: as written, from the root of the old site, or from the article's own address on. */
  resolve(written: string, from = '/'): URL | undefined {
    // Without a home page, only to compare paths with paths.
    const root =
      this.#home?.href ?? (written.trimStart().startsWith('/') ? `http://${unknownHost}` : undefined);
    const trimmed = written.trim();
    const isRooted = trimmed.startsWith('/') || root === undefined || !URL.canParse(from, root);
    const base = isRooted ? root : new URL(from, root).href;
    return URL.canParse(trimmed, base) ? new URL(trimmed, base) : undefined;
  }

  /** As it is written in full; undefined where nothing tells the host. */
  whole(url: URL): string | undefined {
    return url.hostname === unknownHost ? undefined : url.href;
  }

  /** Whether the old site answers there: at its home page or below, whatever the scheme, with www. or without. */
  isOwn(url: URL): boolean {
    if (url.hostname === unknownHost) return true;
    if (!this.#home || !/^https?:$/.test(url.protocol)) return false;
    const folder = this.#home.pathname.replace(/\/(?:[^/]*\.[^/]*)?$/, '');
    return hostOf(url) === hostOf(this.#home) && `${url.pathname}/`.startsWith(`${folder}/`);
  }

  /** Whether a picture there is the old site's: also where it keeps them on a host of its own. */
  isOwnPicture(url: URL): boolean {
    return this.isOwn(url) || (this.#home !== undefined && hostOf(url).endsWith(`.${hostOf(this.#home)}`));
  }

  /** Our path for an old address, without its fragment; undefined for one that nobody told. */
  find(url: URL): string | undefined {
    const key = this.keyOf(url);
    if (!this.isOwn(url)) return this.#targets.get(key);
    const home = this.#home && this.keyOf(this.#home);
    if (key === home) return '/';
    // A query of the home page names something of its own, such as ?p=12.
    const paths = oldPathsFor(key).filter((path) => path !== home && path !== '/');
    const from = paths.find((path) => this.#targets.has(path));
    return from === undefined ? undefined : targetOf({ from, to: this.#targets.get(from) ?? '' }, key);
  }

  /** Where the old site's paths lead. Addresses of other hosts are none of ours. */
  *redirects(): Generator<Redirect> {
    for (const [from, to] of this.#targets) if (from.startsWith('/') && from !== '/') yield { from, to };
  }

  /** The same for all ways to write an address: path and query, behind the host of another site. */
  keyOf(url: URL): string {
    const path = spellOldPath(url);
    return this.isOwn(url) ? path : hostOf(url) + path;
  }
}

function hostOf({ host }: URL): string {
  return host.replace(/^www\./, '');
}
