import type { Hono } from 'hono';
import { sitemapPath } from '../article/addresses.ts';
import { monthOf } from '../article/calendar.ts';
import type { FeedBackend } from '../feed/backend.ts';
import { findVisibleStreams } from '../feed/directories.ts';
import { renderOpml } from '../feed/opml.ts';
import { findMonthSitemap, findNewsEntries, findSitemap } from '../feed/sitemaps.ts';
import { renderAboutPage } from '../pages/about-page.tsx';
import { renderFeedsPage } from '../pages/feeds-page.tsx';
import { renderNewsSitemap, renderRobots, renderSitemap, renderSitemapIndex } from '../pages/sitemap.ts';
import { loadJson } from '../runtime/content.ts';
import type { Bindings } from '../runtime/lambda.ts';
import { cachedForMinutes, respondCacheable, respondProblem, respondText } from './respond.ts';
import { route } from './routing.ts';

const xml = 'application/xml';
/** How long the edge keeps the sitemap of a month: that goes on, or that is over. */
const edgeSeconds = { goingOn: 60, over: 86_400 };

/** Where people and programs find everything else: the pages about feeds and site, OPML, sitemaps, robots.txt. */
export function directoryRoutes(app: Hono<Bindings>, backend: FeedBackend): void {
  const { context } = backend;
  const document = (
    name: 'feeds' | 'opml' | 'newsSitemap' | 'sitemap' | 'streamsSitemap',
    type: string,
    render: () => Promise<string>,
  ) =>
    route(app, backend, name, {
      GET: (c) => respondCacheable(c, backend, render(), type),
    });

  document('feeds', 'text/html', async () => renderFeedsPage(await findVisibleStreams(backend), context));
  document('opml', 'text/x-opml', async () => renderOpml(await findVisibleStreams(backend), context));
  document('newsSitemap', xml, async () => renderNewsSitemap(await findNewsEntries(backend), context));
  document('sitemap', xml, async () => {
    const { entries, months = [] } = await findSitemap(backend);
    if (entries) return renderSitemap(await findVisibleStreams(backend), entries, context);
    return renderSitemapIndex(
      ['streams', ...months].map((part) => sitemapPath(part)),
      context,
    );
  });
  document('streamsSitemap', xml, async () => renderSitemap(await findVisibleStreams(backend), [], context));

  route(app, backend, 'about', {
    GET: (c) => respondText(c, renderAboutPage(context), 'text/html', cachedForMinutes),
  });
  route(app, backend, 'robots', {
    GET: (c) => {
      const isRefused = context.site.crawlers?.ai === 'refuse';
      const refused = isRefused ? loadJson<{ ai: string[] }>('crawlers.json').ai : [];
      return respondText(c, renderRobots(context, refused), 'text/plain', cachedForMinutes);
    },
  });

  route(app, backend, 'monthSitemap', {
    GET: async (c) => {
      // hono's parameter is a whole step of the path.
      const month = (c.req.param('month') ?? '').slice('sitemap-'.length, -'.xml'.length);
      const entries = await findMonthSitemap(backend, month);
      if (entries.length === 0) return respondProblem(c, backend, 'not-found');
      const isOver = month < monthOf(backend.now(), context.site.timeZone);
      const text = renderSitemap([], entries, context);
      return respondCacheable(c, backend, text, xml, edgeSeconds[isOver ? 'over' : 'goingOn']);
    },
  });
}
