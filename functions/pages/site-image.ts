import { absoluteUrl, mediaPath, type SiteContext } from '../article/site-context.ts';

/** The site's logo as measured, its address absolute; undefined while it names no usable file. */
export function logoOf(context: SiteContext) {
  const { logo } = context.site;
  const file = logo === undefined ? undefined : context.media[logo];
  return file && { url: absoluteUrl(`/media/${logo}`, context), width: file.width, height: file.height };
}

/** The path of a logo that can stand for an icon: another would be squeezed. */
export function squareLogo(context: SiteContext): string | undefined {
  const logo = logoOf(context);
  return logo && logo.width === logo.height ? mediaPath(`/media/${context.site.logo}`, context) : undefined;
}
