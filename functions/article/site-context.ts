import type { Article, Image, Source } from './article.ts';
import type { Site } from './site.ts';

/** An image of content/media. */
export interface MediaFile {
  hash: string;
  type: string;
  /** Bytes. */
  length: number;
  width: number;
  height: number;
}

/** What every document is rendered with besides its articles. */
export interface SiteContext {
  site: Site;
  /** The site's origin, without a slash at the end. */
  baseUrl: string;
  /** By file name. */
  media: Record<string, MediaFile>;
}

/** A stored address made absolute, with the content hash if it is one of the site's media. */
export function absoluteUrl(stored: string, context: Pick<SiteContext, 'baseUrl' | 'media'>): string {
  return stored.startsWith('/') ? context.baseUrl + mediaPath(stored, context) : stored;
}

/** `/media/a.png` as `/media/a.<hash>.png`, which never changes its content; any other address unchanged. */
export function mediaPath(path: string, { media }: Pick<SiteContext, 'media'>): string {
  const file = findMedia(path, { media });
  return file ? path.replace(/(?=\.[^.]*$)/, `.${file.hash}`) : path;
}

export function findMedia(path: string, { media }: Pick<SiteContext, 'media'>): MediaFile | undefined {
  const name = path.replace(/^\/media\//, '');
  return name !== path && Object.hasOwn(media, name) ? media[name] : undefined;
}

/** The article's image with its absolute address; for one of the site's own, also its measured size and type. */
export function imageOf({ image }: Pick<Article, 'image'>, context: SiteContext): Image | undefined {
  if (!image) return undefined;
  const { hash: _, ...measured } = findMedia(image.url, context) ?? { hash: '' };
  return { ...image, ...measured, url: absoluteUrl(image.url, context) };
}

/** Who first published the article, completed from site.yaml; the site itself if the article names no source. */
export function sourceOf({ source }: Pick<Article, 'source'>, { site, baseUrl }: SiteContext): Source {
  if (!source) return { name: site.title, url: `${baseUrl}/` };
  const known = knownSource(source, site);
  return { name: source.name, url: source.url ?? known?.url, credit: source.credit ?? known?.credit };
}

/** The feed that the article's source publishes, if site.yaml names it. */
export function sourceFeedOf({ source }: Pick<Article, 'source'>, { site }: SiteContext): string | undefined {
  return source && knownSource(source, site)?.feed;
}

function knownSource(source: Source, { sources }: Site): Site['sources'][number] | undefined {
  return sources.find(({ name }) => name === source.name);
}
