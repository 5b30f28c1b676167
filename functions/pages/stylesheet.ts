import { createHash } from 'node:crypto';
import type { Site } from '../article/site.ts';
import type { SiteContext } from '../article/site-context.ts';
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

/** By what site.yaml says, which lasts as long as the code: pages ask for it each time. */
const kept = new WeakMap<object, Stylesheet>();

/** The stylesheet of all pages, in the site's colour, with the owner's own rules last. Its path contains a hash of the text, so that it can be cached for ever. */
export function stylesheetOf({ site, ownCss = '' }: Styled): Stylesheet {
  const known = kept.get(site) ?? makeStylesheet(site.accent, ownCss);
  kept.set(site, known);
  return known;
}

type Styled = { site: Pick<Site, 'accent'> } & Pick<SiteContext, 'ownCss'>;

function makeStylesheet(accent: Site['accent'], ownCss: string): Stylesheet {
  const { light, dark } = accentOn(accent);
  const colours = `:root{--back:light-dark(${paper.light},${paper.dark});--accent:light-dark(${light},${dark})}\n`;
  const text = colours + [base, masthead, main, lists, front, article, body, end, print, ownCss].join('\n');
  const hash = createHash('sha256').update(text).digest('hex').slice(0, 16);
  return { text, path: `/style.${hash}.css` };
}

/** For RSS and Atom documents that are opened in a browser. */
export const feedStylesheet = feed;
