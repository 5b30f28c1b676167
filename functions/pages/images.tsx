import type { Article } from '../article/article.ts';
import { absoluteUrl, findMedia, imageOf, mediaPath, type SiteContext } from '../article/site-context.ts';

/** The site's logo; undefined unless site.yaml names a file of content/media. */
export function logoOf(context: SiteContext) {
  const path = `/media/${context.site.logo}`;
  const file = findMedia(path, context);
  return (
    file && {
      path: mediaPath(path, context),
      url: absoluteUrl(path, context),
      width: file.width,
      height: file.height,
    }
  );
}

/** The path of a logo that fits an icon: any other shape would be squeezed. */
export function squareLogo(context: SiteContext): string | undefined {
  const logo = logoOf(context);
  return logo && logo.width === logo.height ? logo.path : undefined;
}

/** The article's image, which browsers are to load first. */
export function LeadImage({ article, context }: { article: Pick<Article, 'image'>; context: SiteContext }) {
  const image = imageOf(article, context);
  if (!image) return null;
  const isMeasured = image.width !== undefined && image.height !== undefined;
  return (
    <img
      class={isMeasured ? 'lead u-photo' : 'lead unmeasured u-photo'}
      src={mediaPath(article.image?.url ?? '', context)}
      alt={image.alt ?? ''}
      width={image.width}
      height={image.height}
      fetchpriority="high"
    />
  );
}
