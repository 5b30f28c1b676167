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

interface Stylesheet {
  text: string;
  path: string;
}

const stylesheetsByAccent = new Map<string | undefined, Stylesheet>();

/** The stylesheet of all pages, in the site's colour. Its path contains a hash of the text, so that it can be cached for ever. */
export function stylesheetOf({ accent }: Pick<Site, 'accent'>): Stylesheet {
  const known = stylesheetsByAccent.get(accent) ?? makeStylesheet(accent);
  stylesheetsByAccent.set(accent, known);
  return known;
}

function makeStylesheet(accent: Site['accent']): Stylesheet {
  const { light, dark } = accentOn(accent);
  const colours = `:root{--back:light-dark(${paper.light},${paper.dark});--accent:light-dark(${light},${dark})}\n`;
  const text = colours + [base, masthead, main, lists, front, article, body, end, print].join('\n');
  const hash = createHash('sha256').update(text).digest('hex').slice(0, 16);
  return { text, path: `/style.${hash}.css` };
}

/** For RSS and Atom documents that are opened in a browser. */
export const feedStylesheet = feed;
