import { createHash } from 'node:crypto';
import type { Site } from '../article/site.ts';
import { accentOn, paper } from './accent.ts';
import article from './article.css';
import lists from './lists.css';
import print from './print.css';
import page from './style.css';

/** The one stylesheet of a site, in its colour, and its address: named by its content, so that it can be cached for ever. */
export function stylesheetOf({ accent }: Pick<Site, 'accent'>): { text: string; path: string } {
  const { light, dark } = accentOn(accent);
  const colours = `:root{--back:light-dark(${paper.light},${paper.dark});--accent:light-dark(${light},${dark})}\n`;
  const text = colours + page + lists + article + print;
  const hash = createHash('sha256').update(text).digest('hex').slice(0, 16);
  return { text, path: `/style.${hash}.css` };
}
