import { newsStream } from './stream-name.ts';

export const feedFormats = {
  rss: { file: 'rss.xml', type: 'application/rss+xml', name: 'RSS' },
  atom: { file: 'atom.xml', type: 'application/atom+xml', name: 'Atom' },
  json: { file: 'feed.json', type: 'application/feed+json', name: 'JSON Feed' },
} as const;

export type FeedFormat = keyof typeof feedFormats;
export const feedFormatNames = Object.keys(feedFormats) as FeedFormat[];

export const feedsPath = '/feeds';
export const aboutPath = '/about';
/** How browsers show RSS and Atom. Kept feeds name it, so the address stays when the stylesheet changes. */
export const feedStylesheetPath = '/feed.css';
export const mostReadPath = '/most-read';
export const opmlPath = '/opml.xml';
export const newsSitemapPath = '/news-sitemap.xml';

/** The sitemap, or one of those that it links when the site is too large for one: of the streams, or of a month. */
export function sitemapPath(part?: string): string {
  return part === undefined ? '/sitemap.xml' : `/sitemap-${part}.xml`;
}

/** Where the hub of a followed source calls. */
export function pushPath(id: string): string {
  return `/websub/${id}`;
}

export function articlePath(slug: string): string {
  return `/news/${slug}`;
}

/** Each part of the name is percent-encoded: it may be in any script. */
export function streamPath(stream: string): string {
  return `/${stream.split('/').map(encodeURIComponent).join('/')}`;
}

export function feedPath(stream: string, format: FeedFormat): string {
  return `${stream === newsStream ? '' : streamPath(stream)}/${feedFormats[format].file}`;
}

/** The page that lists a stream's months, or the page of one month, such as 2026-03. */
export function archivePath(stream: string, month?: string): string {
  return [stream === newsStream ? '' : streamPath(stream), 'archive', ...(month ? [month] : [])].join('/');
}

/** The archive document of a month: full part number `part`, counted from 1, or without it the newest part. */
export function archiveFeedPath(stream: string, month: string, format: FeedFormat, part?: number): string {
  const { file } = feedFormats[format];
  return [archivePath(stream, month), ...(part === undefined ? [] : [part]), file].join('/');
}

/** An article's page: relative links of its body are resolved against it. */
export interface Place {
  /** The site's origin, without a slash at the end. */
  baseUrl: string;
  slug: string;
  /** Shown above the text, which need not repeat it. */
  title?: string;
}

/**
 * A link as it is stored: root-relative if it points into the site, otherwise absolute http(s), mailto or tel;
 * a bare fragment stays. Undefined for anything else.
 */
export function storedUrl(written: string, { baseUrl, slug }: Place): string | undefined {
  if (written.startsWith('#')) return withoutComments(written);
  const base = baseUrl + articlePath(slug);
  if (!URL.canParse(written, base)) return undefined;
  const url = new URL(written, base);
  if (!['http:', 'https:', 'mailto:', 'tel:'].includes(url.protocol)) return undefined;
  if (url.origin !== new URL(base).origin) return withoutComments(url.href);
  return url.pathname.replace(/^\/+/, '/') + url.search + url.hash;
}

// As URL spells them in paths, queries and fragments, but not behind mailto:. The sanitiser copies an address for each comment in it.
function withoutComments(address: string): string {
  return address.replace(/[<>]/g, encodeURIComponent);
}

/** A position in a list, `<ISO time>#<slug>`, as a URL parameter: base64url without padding. */
export function writeCursor(position: string): string {
  return Buffer.from(position).toString('base64url');
}

/** Undefined for anything that writeCursor cannot have made: a longer slug would exceed a DynamoDB key. */
export function readCursor(cursor: string | undefined): string | undefined {
  const position = Buffer.from(cursor ?? '', 'base64url').toString();
  return /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z#[a-z0-9-]{1,100}$/.test(position) ? position : undefined;
}
