import type { Article, Image } from './article.ts';
import type { MediaFile, SiteContext } from './site-context.ts';
import { rewriteUrls } from './site-url.ts';
import { newsStream } from './stream-name.ts';

export const feedFormats = {
  rss: { file: 'rss.xml', type: 'application/rss+xml', name: 'RSS' },
  atom: { file: 'atom.xml', type: 'application/atom+xml', name: 'Atom' },
  json: { file: 'feed.json', type: 'application/feed+json', name: 'JSON Feed' },
} as const;

/** The page about the feeds, and that about the site. */
export const feedsPath = '/feeds';
export const aboutPath = '/about';

export type FeedFormat = keyof typeof feedFormats;

export const mostReadPath = '/most-read';

export function articlePath(slug: string): string {
  return `/news/${slug}`;
}

/** The page of a stream; every step of its name percent-encoded, as any script may stand in it. */
export function streamPath(stream: string): string {
  return `/${stream.split('/').map(encodeURIComponent).join('/')}`;
}

export function feedPath(stream: string, format: FeedFormat): string {
  return `${stream === newsStream ? '' : streamPath(stream)}/${feedFormats[format].file}`;
}

/** The page of a stream's months, or of one month such as 2026-03. */
export function archivePath(stream: string, month?: string): string {
  return [stream === newsStream ? '' : streamPath(stream), 'archive', ...(month ? [month] : [])].join('/');
}

/** An archive document of a month: its full part of that number, from 1, or the rest, the newest. */
export function archiveFeedPath(stream: string, month: string, format: FeedFormat, part?: number): string {
  const { file } = feedFormats[format];
  return [archivePath(stream, month), ...(part === undefined ? [] : [part]), file].join('/');
}

/** A stored address as the outside reads it: media by content hash, root-relative ones below the base URL. */
export function absoluteUrl(stored: string, context: SiteContext): string {
  return stored.startsWith('/') ? context.baseUrl + mediaPath(stored, context) : stored;
}

/** `/media/a.png` as `/media/a.<hash>.png`, which names one content for ever; other addresses, unknown files too, as they are. */
export function mediaPath(path: string, { media }: Pick<SiteContext, 'media'>): string {
  const file = mediaFile(path, { media });
  return file ? path.replace(/(?=\.[^.]*$)/, `.${file.hash}`) : path;
}

function mediaFile(path: string, { media }: Pick<SiteContext, 'media'>): MediaFile | undefined {
  const name = path.replace(/^\/media\//, '');
  return name !== path && Object.hasOwn(media, name) ? media[name] : undefined;
}

/** The image with its absolute address; one of the site's own with its true size and type. */
export function imageOf({ image }: Pick<Article, 'image'>, context: SiteContext): Image | undefined {
  if (!image) return undefined;
  const { hash: _, ...measured } = mediaFile(image.url, context) ?? { hash: '' };
  return { ...image, ...measured, url: absoluteUrl(image.url, context) };
}

/** Clean HTML as the site's own pages show it: its own images take their room before they are there, and keys scroll what is wide. */
export function pageHtml(html: string, context: SiteContext): string {
  const measured = html.replace(/<img [^>]*>/g, (tag) => measuredImage(tag, context));
  const reachable = measured.replace(/<(?:pre|table)(?=[ >])/g, '$& tabindex="0"');
  return rewriteUrls(reachable, (url) => mediaPath(url, context));
}

function measuredImage(tag: string, context: SiteContext): string {
  const later = tag.replace('<img', '<img loading="lazy"');
  const file = mediaFile(/ src="([^"]*)"/.exec(tag)?.[1] ?? '', context);
  if (!file || / (width|height)="/.test(tag)) return later;
  return later.replace('<img', `<img width="${file.width}" height="${file.height}"`);
}

/** Clean HTML for use away from its page: every address absolute, those within the article too. */
export function portableHtml(html: string, slug: string, context: SiteContext): string {
  const page = absoluteUrl(articlePath(slug), context);
  return rewriteUrls(html, (url) => (url.startsWith('#') ? page + url : absoluteUrl(url, context)));
}
