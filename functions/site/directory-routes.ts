import type { Hono } from 'hono';
import { sitemapPath } from '../article/addresses.ts';
import { monthOf } from '../article/calendar.ts';
import type { Backend } from '../feed/backend.ts';
import { findVisibleStreams } from '../feed/directories.ts';
import { renderOpml } from '../feed/opml.ts';
import { findMonthSitemap, findNewsEntries, findSitemap } from '../feed/sitemaps.ts';
import { renderAboutPage } from '../pages/about-page.tsx';
import { renderFeedsPage } from '../pages/feeds-page.tsx';
import { renderNewsSitemap, renderRobots, renderSitemap, renderSitemapIndex } from '../pages/sitemap.ts';
import { respondCacheable, respondProblem } from './respond.ts';
import { type Bindings, route } from './routing.ts';

const xml = 'application/xml';
/** How long the edge keeps the sitemap of a month: that goes on, or that is over. */
const edgeSeconds = { goingOn: 60, over: 86_400 };

/** Where people and programs find everything else: the pages about feeds and site, OPML, sitemaps, robots.txt. */
export function directoryRoutes(app: Hono<Bindings>, backend: Backend): void {
  const { context } = backend;
  const document = (
    name: 'about' | 'feeds' | 'robots' | 'opml' | 'newsSitemap' | 'sitemap' | 'streamsSitemap',
    type: string,
    render: () => string | Promise<string>,
  ) =>
    route(app, backend, name, {
      GET: async (c) => respondCacheable(c, backend, await render(), type),
    });

  document('about', 'text/html', () => renderAboutPage(context));
  document('feeds', 'text/html', async () => renderFeedsPage(await findVisibleStreams(backend), context));
  document('opml', 'text/x-opml', async () => renderOpml(await findVisibleStreams(backend), context));
  document('robots', 'text/plain', () => renderRobots(context));
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
