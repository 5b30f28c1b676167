import { absoluteUrl, mediaPath } from './addresses.ts';
import type { SiteContext } from './site-context.ts';

/** The site's logo as measured, its address absolute; undefined while it names no usable file. */
export function logoOf(context: SiteContext) {
  const { logo } = context.site;
  const file = logo === undefined ? undefined : context.media[logo];
  return file && { url: absoluteUrl(`/media/${logo}`, context), width: file.width, height: file.height };
}

/** What a browser's tab shows: a logo would be squeezed where it is not as high as wide. */
export function iconOf(context: SiteContext): string {
  const logo = logoOf(context);
  return logo && logo.width === logo.height
    ? mediaPath(`/media/${context.site.logo}`, context)
    : '/favicon.ico';
}
