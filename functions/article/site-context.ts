import type { Article, Source } from './article.ts';
import type { Site } from './site.ts';

/** An image of content/media, as measured when the content was prepared. */
export interface MediaFile {
  hash: string;
  type: string;
  /** Bytes. */
  length: number;
  width: number;
  height: number;
}

/** What every document is rendered with beside its articles. */
export interface SiteContext {
  site: Site;
  /** The site's origin, without a slash at the end. */
  baseUrl: string;
  media: Record<string, MediaFile>;
}

/** Who first published the article: as it says, completed from site.yaml; without a source, the site itself. */
export function sourceOf({ source }: Pick<Article, 'source'>, { site, baseUrl }: SiteContext): Source {
  if (!source) return { name: site.title, url: `${baseUrl}/` };
  const known = knownSource(source, site);
  return { name: source.name, url: source.url ?? known?.url, credit: source.credit ?? known?.credit };
}

/** The feed that the article's source publishes, where site.yaml names it. */
export function sourceFeedOf({ source }: Pick<Article, 'source'>, { site }: SiteContext): string | undefined {
  return source && knownSource(source, site)?.feed;
}

function knownSource(source: Source, { sources }: Site): Site['sources'][number] | undefined {
  return sources.find(({ name }) => name === source.name);
}
