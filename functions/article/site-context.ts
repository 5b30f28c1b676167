import type { Article, Card, Image, Source } from './article.ts';
import { type Picture, type PictureSize, previewOf } from './picture.ts';
import type { Site } from './site.ts';

/** What every document is rendered with besides its articles. */
export interface SiteContext {
  site: Site;
  /** The site's origin, without a slash at the end. */
  baseUrl: string;
  /** Pictures of content/media, by file name. */
  media: Record<string, Picture>;
  /** content/style.css. */
  ownCss?: string;
}

/** A file of content/static, which is served at its own path. */
export interface StaticFile {
  type: string;
  etag: string;
}

/** A stored address made absolute, with the content hash if it is one of the site's media. */
export function absoluteUrl(stored: string, context: Pick<SiteContext, 'baseUrl' | 'media'>): string {
  return stored.startsWith('/') ? context.baseUrl + mediaPath(stored, context) : stored;
}

/** `/media/a.png` as the path that never changes its content; any other address unchanged. */
export function mediaPath(path: string, context: Pick<SiteContext, 'media'>): string {
  return findMedia(path, context)?.path ?? path;
}

export function findMedia(path: string, { media }: Pick<SiteContext, 'media'>): Picture | undefined {
  const name = path.replace(/^\/media\//, '');
  return name !== path && Object.hasOwn(media, name) ? media[name] : undefined;
}

/** With the article's own pictures, as they were when it was stored. */
export function withPictures<Context extends Pick<SiteContext, 'media'>>(
  context: Context,
  { pictures }: Pick<Article, 'pictures'>,
): Context {
  return pictures ? { ...context, media: { ...context.media, ...pictures } } : context;
}

type Pictured = Pick<Article, 'image' | 'pictures'>;

/** The article's image among the site's own. */
export function pictureOf({ image, pictures }: Pictured, context: SiteContext): Picture | undefined {
  return image && findMedia(image.url, withPictures(context, { pictures }));
}

/** The article's image with its absolute address; for one of the site's own, also its measured size and type. */
export function imageOf(article: Pictured, context: SiteContext): Image | undefined {
  if (!article.image) return undefined;
  const picture = pictureOf(article, context);
  return {
    ...article.image,
    ...measuresOf(picture),
    url: absoluteUrl(picture?.path ?? article.image.url, context),
  };
}

/** The same as a JPEG of moderate size: feed readers and previews of links do not show everything that browsers do. */
export function sharedImageOf(article: Pictured, context: SiteContext): Image | undefined {
  const picture = pictureOf(article, context);
  const preview = picture && previewOf(picture);
  if (!article.image || !preview) return imageOf(article, context);
  return { ...article.image, ...measuresOf(preview), url: context.baseUrl + preview.path };
}

function measuresOf(measured: (PictureSize & { length: number }) | undefined) {
  if (!measured) return {};
  const { type, length, width, height } = measured;
  return { type, length, width, height };
}

type Sourced = Pick<Article, 'source' | 'original'>;

/** Who first published the article, with its home and what site.yaml knows of it; the site itself if the article names no source. */
export function sourceOf({ source }: Sourced, { site, baseUrl }: SiteContext): Source {
  if (!source) return { name: site.title, url: `${baseUrl}/` };
  const known = knownSource(source, site);
  return { name: source.name, url: known?.url ?? source.url, credit: source.credit ?? known?.credit };
}

/** The address where the article was first published: `original`, or else the address of its source, unless that is the source's home. */
export function originalOf({ source, original }: Sourced, { site }: SiteContext): string | undefined {
  if (original !== undefined || !source?.url) return original;
  const home = knownSource(source, site)?.url;
  const isHome = home === undefined ? new URL(source.url).pathname === '/' : source.url === home;
  return isHome ? undefined : source.url;
}

/** The original if site.yaml has it for the page's canonical address. */
export function canonicalOriginal(article: Sourced, context: SiteContext): string | undefined {
  return isLeftToOriginal(article, context) ? originalOf(article, context) : undefined;
}

/** Whether the article's page names its original as its canonical address. */
export function isCanonicalElsewhere(
  card: Pick<Card, 'source' | 'hasOriginal'>,
  context: SiteContext,
): boolean {
  const hasOriginal = card.hasOriginal || originalOf({ source: card.source }, context) !== undefined;
  return isLeftToOriginal(card, context) && hasOriginal;
}

function isLeftToOriginal({ source }: Pick<Article, 'source'>, { site }: SiteContext): boolean {
  return source !== undefined && knownSource(source, site)?.canonical === 'original';
}

/** The feed that the article's source publishes, if site.yaml names it. */
export function sourceFeedOf({ source }: Pick<Article, 'source'>, { site }: SiteContext): string | undefined {
  return source && knownSource(source, site)?.feed;
}

function knownSource(source: Source, { sources }: Site): Site['sources'][number] | undefined {
  return sources.find(({ name }) => name === source.name);
}
