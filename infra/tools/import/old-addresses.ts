import { articlePath } from '../../../functions/article/addresses.ts';

const tracking = /^(?:utm_\w+|fbclid|gclid)$/;
const unknownHost = 'old.invalid';

/** Where the addresses of an old site lead on ours. */
export class OldAddresses {
  /** The old home page; undefined while nothing tells it. */
  #home: URL | undefined;
  readonly #targets = new Map<string, string>();
  readonly #beginnings = new Map<string, string>();

  constructor(home: string | undefined) {
    if (home !== undefined && URL.canParse(home)) this.#home = new URL(home);
  }

  get home(): string | undefined {
    return this.#home?.href;
  }

  /** An old address that leads to this path or address. One that is known already stays with the first. */
  add(address: string, target: string): void {
    // An export that does not name its home page has articles with whole addresses, or only paths.
    if (!this.#home && /^https?:/.test(address) && URL.canParse(address)) this.#home = new URL('/', address);
    if (address.endsWith('*')) {
      this.#beginnings.set(address.slice(0, -1), target);
      return;
    }
    const url = this.resolve(address);
    const key = url && this.keyOf(url);
    if (key !== undefined && !this.#targets.has(key)) this.#targets.set(key, target);
  }

  addArticle(addresses: string[], slug: string): void {
    for (const address of addresses) this.add(address, articlePath(slug));
  }

  /** The whole address, if it can be told: as written, from the root of the old site, or from the article's own address on. */
  resolve(written: string, from = '/'): URL | undefined {
    // Without a home page, only to compare paths with paths.
    const root = this.#home?.href ?? (written.startsWith('/') ? `http://${unknownHost}` : undefined);
    const base = root !== undefined && URL.canParse(from, root) ? new URL(from, root).href : root;
    const trimmed = written.trim();
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
    const whole = this.keyOf(url);
    if (this.#targets.has(whole) || !this.isOwn(url)) return this.#targets.get(whole);
    const home = this.#home && this.keyOf(this.#home);
    if (whole === home) return '/';
    // A query of the home page may name an article, such as ?p=12; elsewhere it changes nothing.
    const bare = this.keyOf(new URL(url.pathname, url));
    if (bare !== home && this.#targets.has(bare)) return this.#targets.get(bare);
    const [longest] = [...this.#beginnings.keys()]
      .filter((beginning) => whole.startsWith(beginning))
      .sort((one, other) => other.length - one.length);
    return longest === undefined ? undefined : this.#beginnings.get(longest);
  }

  /** Where the old site's paths lead: a path with its query, and its target. Addresses of other hosts are none of ours. */
  *redirects(): Generator<{ from: string; to: string }> {
    for (const [from, to] of this.#targets)
      if (from.startsWith('/') && from !== '/' && from !== to) yield { from, to };
    for (const [beginning, to] of this.#beginnings) yield { from: `${beginning}*`, to };
  }

  /** The same for all ways to write an address: path and query, behind the host of another site. */
  keyOf(url: URL): string {
    const kept = [...url.searchParams].filter(([name]) => !tracking.test(name));
    const query = kept.length > 0 ? `?${new URLSearchParams(kept)}` : '';
    const path = decoded(url.pathname).replace(/(?<=.)\/+$/, '') + query;
    return this.isOwn(url) ? path : hostOf(url) + path;
  }
}

function hostOf({ host }: URL): string {
  return host.replace(/^www\./, '');
}

function decoded(path: string): string {
  try {
    return decodeURI(path);
  } catch {
    return path;
  }
}
