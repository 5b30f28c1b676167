import type { Hono } from 'hono';
import { newsStream } from '../article/stream-name.ts';
import type { Backend } from '../feed/backend.ts';
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
export function directoryRoutes(app: Hono<Bindings>, backend: Backend): void {
  const { store, context } = backend;

  route(app, backend, 'about', {
    GET: (c) => answerDocument(c, backend, renderAboutPage(context), 'text/html'),
  });

  route(app, backend, 'feeds', {
    GET: async (c) =>
      answerDocument(c, backend, renderFeedsPage(await findVisibleStreams(backend), context), 'text/html'),
  });

  route(app, backend, 'robots', {
    GET: (c) => answerDocument(c, backend, renderRobots(context), 'text/plain'),
  });

  route(app, backend, 'opml', {
    GET: async (c) =>
      answerDocument(c, backend, renderOpml(await findVisibleStreams(backend), context), 'text/x-opml'),
  });

  route(app, backend, 'newsSitemap', {
    GET: async (c) => {
      const upTo = backend.now();
      const since = new Date(Date.parse(upTo) - newsMilliseconds).toISOString();
      const cards = await readCards(store, { stream: newsStream, upTo, since, limit: maxNews });
      return answerDocument(c, backend, renderNewsSitemap(cards, context), xml);
    },
  });

  route(app, backend, 'sitemap', {
    GET: async (c) => {
      const cards = await readCards(store, { stream: newsStream, upTo: backend.now(), limit: maxUrls + 1 });
      if (cards.length <= maxUrls)
        return answerDocument(
          c,
          backend,
          renderSitemap(await findVisibleStreams(backend), cards, context),
          xml,
        );
      const parts = ['streams', ...(await findMonths(backend, newsStream))].map(
        (part) => `/sitemap-${part}.xml`,
      );
      return answerDocument(c, backend, renderSitemapIndex(parts, context), xml);
    },
  });

  route(app, backend, 'streamsSitemap', {
    GET: async (c) =>
      answerDocument(c, backend, renderSitemap(await findVisibleStreams(backend), [], context), xml),
  });

  route(app, backend, 'monthSitemap', {
    GET: async (c) => {
      const month = c.req.path.slice('/sitemap-'.length, -'.xml'.length);
      const cards = await readMonth(backend, newsStream, month);
      return cards.length === 0
        ? problem(c, backend, 'not-found')
        : answerDocument(c, backend, renderSitemap([], cards, context), xml);
    },
  });
}
