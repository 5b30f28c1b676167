import { existsSync } from 'node:fs';
import { dirname, join, relative, resolve, sep } from 'node:path';
import { pathToFileURL } from 'node:url';
import { rewriteSrcset } from '../../../../functions/article/body-html.ts';
import { lazyAddress } from '../../../../functions/article/body-pictures.ts';
import type { Element } from './blocks.ts';
import { attribute, descendants } from './structured.ts';

// Where nobody says where the pages are from.
const nowhere = 'https://pages.invalid';

/** Where a page was found, and what its addresses lead to. */
export class PageAddresses {
  /** Whole, or from the root of the site. */
  readonly own: string[];
  private readonly file: string;
  private readonly folder: string;
  private readonly base: string;

  /** `text` is the page's; `path` stands below `folder`. */
  constructor({
    html,
    text,
    folder,
    path,
    home,
  }: { html: Element | undefined; text: string; folder: string; path: string; home: string | undefined }) {
    const root = home ?? nowhere;
    const canonical = html && canonicalOf(html);
    const [, saved] = /<!-- saved from url=\(\d+\)(https?:\/\/\S+) -->/.exec(text.slice(0, 2000)) ?? [];
    const told = [canonical, saved].find((address) => address !== undefined && URL.canParse(address, root));
    const paths = told === undefined ? pathsOf(path) : [told];
    this.own = paths.map((one) => written(new URL(one, root)));
    this.base = new URL(this.own[0] ?? '/', root).href;
    this.file = join(folder, path);
    this.folder = resolve(folder);
  }

  /** Makes every address of the element whole, or one from the root. A picture that lies beside the page is one of this machine. */
  resolveIn(element: Element): void {
    for (const { attrs } of descendants(element))
      for (const one of attrs) {
        if (['href', 'src', 'poster'].includes(one.name) || lazyAddress.test(one.name))
          one.value = this.resolve(one.value, one.name !== 'href');
        if (one.name.endsWith('srcset'))
          one.value = rewriteSrcset(one.value, (url) => this.resolve(url, true));
      }
  }

  resolve(address: string, isShown: boolean): string {
    const local = isShown ? this.localFile(address.trim()) : undefined;
    if (local !== undefined) return local;
    return /^\s*#/.test(address) || !URL.canParse(address, this.base)
      ? address
      : written(new URL(address, this.base));
  }

  /** Only below the folder that is imported. */
  private localFile(address: string): string | undefined {
    if (/^(?:[a-z][a-z0-9+.-]*:|\/\/)/i.test(address) || !URL.canParse(address, nowhere)) return undefined;
    let path = address.replace(/[?#].*/s, '');
    try {
      path = decodeURIComponent(path);
    } catch {
      // A name with a percent sign.
    }
    const file = path.startsWith('/') ? join(this.folder, path) : resolve(dirname(this.file), path);
    const isInside = path !== '' && !relative(this.folder, file).startsWith('..');
    return isInside && existsSync(file) ? pathToFileURL(file).href : undefined;
  }
}

/** Its file's name as an address; tools that save a site add .html behind a query. */
function pathsOf(path: string): string[] {
  const [name = '', query] = path
    .split(sep)
    .join('/')
    .replace(/(\?.*)\.html?$/i, '$1')
    .split('?', 2);
  const encoded = `/${name.split('/').map(encodeURIComponent).join('/')}${query === undefined ? '' : `?${query}`}`;
  return /\/index\.html?$/i.test(encoded) ? [encoded.replace(/index\.html?$/i, ''), encoded] : [encoded];
}

function canonicalOf(html: Element): string | undefined {
  for (const { nodeName, attrs } of descendants(html))
    if (nodeName === 'link' && /^canonical$/i.test(attribute(attrs, 'rel') ?? ''))
      return attribute(attrs, 'href');
  return undefined;
}

function written(url: URL): string {
  return url.origin === nowhere ? url.pathname + url.search + url.hash : url.href;
}
