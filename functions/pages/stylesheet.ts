import { createHash } from 'node:crypto';
import type { Site } from '../article/site.ts';
import { accentOn, paper } from './accent.ts';
import article from './article.css';
import end from './article-end.css';
import body from './body.css';
import feed from './feed.css';
import front from './front.css';
import lists from './lists.css';
import main from './main.css';
import masthead from './masthead.css';
import print from './print.css';
import base from './style.css';

/** A stylesheet and its address: named by its content, so that it can be cached for ever. */
export interface Stylesheet {
  text: string;
  path: string;
}

const made = new Map<string | undefined, Stylesheet>();

/** The one stylesheet of a site's pages, in its colour. */
export function stylesheetOf({ accent }: Pick<Site, 'accent'>): Stylesheet {
  // Every page names it.
  const known = made.get(accent) ?? make(accent);
  made.set(accent, known);
  return known;
}

function make(accent: Site['accent']): Stylesheet {
  const { light, dark } = accentOn(accent);
  const colours = `:root{--back:light-dark(${paper.light},${paper.dark});--accent:light-dark(${light},${dark})}\n`;
  const text = colours + [base, masthead, main, lists, front, article, body, end, print].join('\n');
  const hash = createHash('sha256').update(text).digest('hex').slice(0, 16);
  return { text, path: `/style.${hash}.css` };
}

/** Of RSS and Atom, for people who open them in a browser. */
export const feedStylesheet = feed;
