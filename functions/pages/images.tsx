import type { Article, Card, Image } from '../article/article.ts';
import { columnSizes, sizesOf, srcsetOf } from '../article/picture.ts';
import {
  absoluteUrl,
  findMedia,
  imageOf,
  mediaPath,
  pictureOf,
  type SiteContext,
  sharedImageOf,
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
  const { caption, credit } = image;
  const shown = (
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
  if (!caption && !credit) return shown;
  return (
    <figure class="lead-figure">
      {shown}
      <figcaption>
        {caption} {credit && <small>{credit}</small>}
      </figcaption>
    </figure>
  );
}

/** A small picture beside a headline, which names the article. None from elsewhere: it would tell a stranger of every reader. */
export function CardPicture({ card, context }: { card: Card; context: SiteContext }) {
  const picture = pictureOf(card, context);
  if (!picture) return null;
  const { path, width, height } = sizesOf(picture)[0] ?? picture;
  return <img class="thumb" src={path} alt="" width={width} height={height} loading="lazy" />;
}

export type SharedPicture = Pick<Image, 'url' | 'alt' | 'type' | 'width' | 'height'> & { isLogo?: boolean };

// Smaller ones are icons, or too coarse for a preview.
const leastWidth = 300;

/** The picture beside a link to an article: its own, else the first large one of its text, else the site's logo. */
export function sharedPicture(
  article: Article,
  html: string,
  context: SiteContext,
): SharedPicture | undefined {
  const lead = sharedImageOf(article, context);
  if (lead) return lead;
  for (const [tag] of html.matchAll(/<img [^>]*>/g)) {
    const value = (name: string) => new RegExp(` ${name}="([^"]*)"`).exec(tag)?.[1]?.replaceAll('&amp;', '&');
    const image = sharedImageOf({ ...article, image: { url: value('src') ?? '' } }, context);
    const width = image?.width ?? Number(value('width') ?? Number.NaN);
    if (image && (Number.isNaN(width) || width >= leastWidth))
      return { ...image, alt: value('alt') || undefined };
  }
  const logo = logoOf(context);
  return logo && { url: logo.url, width: logo.width, height: logo.height, isLogo: true };
}
