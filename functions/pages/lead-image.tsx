import type { Article } from '../article/article.ts';
import { imageOf, mediaPath, type SiteContext } from '../article/site-context.ts';

/** An article's own image, loaded before everything else; nothing when it has none. */
export function LeadImage({ article, context }: { article: Pick<Article, 'image'>; context: SiteContext }) {
  const image = imageOf(article, context);
  if (!image) return null;
  const measured = image.width !== undefined && image.height !== undefined;
  return (
    <img
      class={measured ? 'lead u-photo' : 'lead unmeasured u-photo'}
      src={mediaPath(article.image?.url ?? '', context)}
      alt={image.alt ?? ''}
      width={image.width}
      height={image.height}
      fetchpriority="high"
    />
  );
}
