import type { Hono } from 'hono';
import { newsStream } from '../article/stream-name.ts';
import type { Desk } from '../feed/desk.ts';
import { findMonths, readMonth } from '../feed/months.ts';
import { renderOpml } from '../feed/opml.ts';
import { renderAboutPage } from '../pages/about-page.tsx';
import { renderFeedsPage } from '../pages/feeds-page.tsx';
import { renderRobots } from '../pages/robots.ts';
import { renderNewsSitemap, renderSitemap, renderSitemapIndex } from '../pages/sitemap.ts';
import { readCards } from '../store/cards.ts';
import { answerDocument } from './answer-text.ts';
import { problem } from './errors.ts';
import { type Bindings, route } from './routing.ts';
import { findVisibleStreams } from './visible-streams.ts';

/** A function reads this many in a second. */
const maxUrls = 5_000;
const newsMilliseconds = 2 * 86_400_000;
const maxNews = 1_000;
const xml = 'application/xml';

/** What leads people and programs to everything else: the pages about feeds and site, OPML, sitemaps, robots.txt. */
export function directoryRoutes(app: Hono<Bindings>, desk: Desk): void {
  const { store, context } = desk;

  route(app, desk, 'about', { GET: (c) => answerDocument(c, desk, renderAboutPage(context), 'text/html') });

  route(app, desk, 'feeds', {
    GET: async (c) =>
      answerDocument(c, desk, renderFeedsPage(await findVisibleStreams(desk), context), 'text/html'),
  });

  route(app, desk, 'robots', { GET: (c) => answerDocument(c, desk, renderRobots(context), 'text/plain') });

  route(app, desk, 'opml', {
    GET: async (c) =>
      answerDocument(c, desk, renderOpml(await findVisibleStreams(desk), context), 'text/x-opml'),
  });

  route(app, desk, 'newsSitemap', {
    GET: async (c) => {
      const upTo = desk.now();
      const since = new Date(Date.parse(upTo) - newsMilliseconds).toISOString();
      const cards = await readCards(store, { stream: newsStream, upTo, since, limit: maxNews });
      return answerDocument(c, desk, renderNewsSitemap(cards, context), xml);
    },
  });

  route(app, desk, 'sitemap', {
    GET: async (c) => {
      const cards = await readCards(store, { stream: newsStream, upTo: desk.now(), limit: maxUrls + 1 });
      if (cards.length <= maxUrls)
        return answerDocument(c, desk, renderSitemap(await findVisibleStreams(desk), cards, context), xml);
      const parts = ['streams', ...(await findMonths(desk, newsStream))].map(
        (part) => `/sitemap-${part}.xml`,
      );
      return answerDocument(c, desk, renderSitemapIndex(parts, context), xml);
    },
  });

  route(app, desk, 'streamsSitemap', {
    GET: async (c) =>
      answerDocument(c, desk, renderSitemap(await findVisibleStreams(desk), [], context), xml),
  });

  route(app, desk, 'monthSitemap', {
    GET: async (c) => {
      const month = c.req.path.slice('/sitemap-'.length, -'.xml'.length);
      const cards = await readMonth(desk, newsStream, month);
      return cards.length === 0
        ? problem(c, desk, 'not-found')
        : answerDocument(c, desk, renderSitemap([], cards, context), xml);
    },
  });
}
