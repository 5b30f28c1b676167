import type { Article } from '../article/article.ts';
import { columnSizes, sizesOf, srcsetOf } from '../article/picture.ts';
import {
  absoluteUrl,
  findMedia,
  imageOf,
  mediaPath,
  pictureOf,
  type SiteContext,
} from '../article/site-context.ts';

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

/** The article's image, which browsers are to load first; `sizes` says how wide it is shown. */
export function LeadImage({
  article,
  context,
  sizes = columnSizes,
}: {
  article: Pick<Article, 'image' | 'pictures'>;
  context: SiteContext;
  sizes?: string;
}) {
  const image = imageOf(article, context);
  if (!image) return null;
  const picture = pictureOf(article, context);
  const made = picture ? sizesOf(picture) : [];
  const isMeasured = image.width !== undefined && image.height !== undefined;
  return (
    <img
      class={isMeasured ? 'lead u-photo' : 'lead unmeasured u-photo'}
      src={picture?.path ?? article.image?.url ?? ''}
      srcset={made.length > 0 ? srcsetOf(made) : undefined}
      sizes={made.length > 0 ? sizes : undefined}
      alt={image.alt ?? ''}
      width={image.width}
      height={image.height}
      fetchpriority="high"
    />
  );
}
