import { html } from 'hono/html';
import {
  aboutPath,
  articlePath,
  feedsPath,
  newsSitemapPath,
  sitemapPath,
  streamPath,
} from '../article/addresses.ts';
import type { Card } from '../article/article.ts';
import { zonedTime } from '../article/calendar.ts';
import { robotsNamed } from '../article/robots.ts';
import { absoluteUrl, type SiteContext } from '../article/site-context.ts';
import type { NamedStream } from '../article/stream-name.ts';
import { fullLocale } from './messages.ts';

const declaration = html`<?xml version="1.0" encoding="utf-8"?>`;
const namespace = 'http://www.sitemaps.org/schemas/sitemap/0.9';

/** https://www.sitemaps.org/protocol.html: these articles, the pages of these streams and, with any stream, the site's own. */
export function renderSitemap(
  streams: NamedStream[],
  entries: [slug: string, updatedAt: string][],
  context: SiteContext,
): string {
  const own = streams.length > 0 ? ['/', feedsPath, aboutPath] : [];
  const pages = [...own, ...streams.map(({ name }) => streamPath(name))].map((path) =>
    pageEntry(path, context),
  );
  const articles = entries.map(
    ([slug, updatedAt]) => html`
  <url>
    <loc>${absoluteUrl(articlePath(slug), context)}</loc>
    <lastmod>${zonedTime(updatedAt, context.site.timeZone)}</lastmod>
  </url>`,
  );
  return `${html`${declaration}
<urlset xmlns="${namespace}">${orFrontPage([...pages, ...articles], context)}
</urlset>
`}`;
}

function pageEntry(path: string, context: SiteContext) {
  return html`
  <url>
    <loc>${absoluteUrl(path, context)}</loc>
  </url>`;
}

/** By their schema, sitemaps have an entry at least. */
function orFrontPage<Entry>(entries: Entry[], context: SiteContext) {
  return entries.length > 0 ? entries : [pageEntry('/', context)];
}

/** Links the sitemaps of a site that is too large for one. */
export function renderSitemapIndex(paths: string[], context: SiteContext): string {
  const sitemaps = paths.map(
    (path) => html`
  <sitemap>
    <loc>${absoluteUrl(path, context)}</loc>
  </sitemap>`,
  );
  return `${html`${declaration}
<sitemapindex xmlns="${namespace}">${sitemaps}
</sitemapindex>
`}`;
}

/** Google's news sitemap: the articles of the last two days, at most 1,000. */
export function renderNewsSitemap(
  cards: Pick<Card, 'slug' | 'title' | 'publishedAt' | 'language'>[],
  context: SiteContext,
): string {
  const { site } = context;
  const articles = cards.map(
    ({ slug, title, publishedAt, language }) => html`
  <url>
    <loc>${absoluteUrl(articlePath(slug), context)}</loc>
    <news:news>
      <news:publication>
        <news:name>${site.title}</news:name>
        <news:language>${newsLanguage(language ?? site.language)}</news:language>
      </news:publication>
      <news:publication_date>${zonedTime(publishedAt, site.timeZone)}</news:publication_date>
      <news:title>${title}</news:title>
    </news:news>
  </url>`,
  );
  return `${html`${declaration}
<urlset xmlns="${namespace}" xmlns:news="http://www.google.com/schemas/sitemap-news/0.9">${orFrontPage(articles, context)}
</urlset>
`}`;
}

/** RFC 9309: everything may be crawled but for what site.yaml says; and not by `refused`, which it does not name itself. */
export function renderRobots(context: SiteContext, refused: string[]): string {
  const { robots = '' } = context.site;
  const named = robotsNamed(robots);
  const others = refused.filter((name) => !named.has(name.toLowerCase()));
  const sitemaps = [sitemapPath(), newsSitemapPath].map((path) => `Sitemap: ${absoluteUrl(path, context)}`);
  return [
    ...(robots ? [robots.trim(), ''] : []),
    ...(named.has('*') ? [] : ['User-agent: *', 'Disallow:', '']),
    ...(others.length > 0 ? [...others.map((name) => `User-agent: ${name}`), 'Disallow: /', ''] : []),
    ...sitemaps,
    '',
  ].join('\n');
}

// Google wants ISO 639 codes, but Chinese by its script.
function newsLanguage(tag: string): string {
  const { language, script } = fullLocale(tag);
  if (language !== 'zh') return language;
  return script === 'Hant' ? 'zh-tw' : 'zh-cn';
}
