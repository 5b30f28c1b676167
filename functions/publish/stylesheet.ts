import { createHash } from 'node:crypto';
import { absoluteUrl } from './addresses.ts';
import article from './article.css';
import feed from './feed.css';
import type { SiteContext } from './site-context.ts';
import page from './style.css';

export const stylesheet = page + article;
export const stylesheetPath = pathOf('style', stylesheet);

/** Of RSS and Atom, for people who open them in a browser. */
export const feedStylesheet = feed;
export const feedStylesheetPath = pathOf('feed', feed);

/** The attributes of the `xml-stylesheet` instruction of a feed. */
export function feedStyle(context: SiteContext) {
  return { '@type': 'text/css', '@href': absoluteUrl(feedStylesheetPath, context) };
}

/** Named by its content, so that it can be cached for ever. */
function pathOf(name: string, css: string): string {
  return `/${name}.${createHash('sha256').update(css).digest('hex').slice(0, 16)}.css`;
}
