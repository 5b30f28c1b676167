import type { Hono } from 'hono';
import { sitemapPath } from '../article/addresses.ts';
import { type NamedStream, newsStream } from '../article/stream-name.ts';
import type { Backend } from '../feed/backend.ts';
import { findMonths, readMonth } from '../feed/months.ts';
import { renderOpml } from '../feed/opml.ts';
import { findLabel } from '../feed/stream-cards.ts';
import { renderAboutPage } from '../pages/about-page.tsx';
import { renderFeedsPage } from '../pages/feeds-page.tsx';
import { renderNewsSitemap, renderRobots, renderSitemap, renderSitemapIndex } from '../pages/sitemap.ts';
import { readCards } from '../store/cards.ts';
import { readStreams } from '../store/streams.ts';
import { respondCacheable, respondProblem } from './respond.ts';
import { type Bindings, route } from './routing.ts';

/** Articles of one sitemap: as many cards as a function reads in a second. */
const maxUrls = 5_000;
const newsMilliseconds = 2 * 86_400_000;
const maxNews = 1_000;
const xml = 'application/xml';
/** Streams whose newest card is read concurrently. */
const concurrentStreams = 25;

/** Where people and programs find everything else: the pages about feeds and site, OPML, sitemaps, robots.txt. */
export function directoryRoutes(app: Hono<Bindings>, backend: Backend): void {
  const { store, context } = backend;

  route(app, backend, 'about', {
    GET: (c) => respondCacheable(c, backend, renderAboutPage(context), 'text/html'),
  });

  route(app, backend, 'feeds', {
    GET: async (c) =>
      respondCacheable(c, backend, renderFeedsPage(await findVisibleStreams(backend), context), 'text/html'),
  });

  route(app, backend, 'robots', {
    GET: (c) => respondCacheable(c, backend, renderRobots(context), 'text/plain'),
  });

  route(app, backend, 'opml', {
    GET: async (c) =>
      respondCacheable(c, backend, renderOpml(await findVisibleStreams(backend), context), 'text/x-opml'),
  });

  route(app, backend, 'newsSitemap', {
    GET: async (c) => {
      const upTo = backend.now();
      const since = new Date(Date.parse(upTo) - newsMilliseconds).toISOString();
      const cards = await readCards(store, { stream: newsStream, upTo, since, limit: maxNews });
      return respondCacheable(c, backend, renderNewsSitemap(cards, context), xml);
    },
  });

  route(app, backend, 'sitemap', {
    GET: async (c) => {
      const cards = await readCards(store, { stream: newsStream, upTo: backend.now(), limit: maxUrls + 1 });
      if (cards.length <= maxUrls)
        return respondCacheable(
          c,
          backend,
          renderSitemap(await findVisibleStreams(backend), cards, context),
          xml,
        );
      const parts = ['streams', ...(await findMonths(backend, newsStream))].map((part) => sitemapPath(part));
      return respondCacheable(c, backend, renderSitemapIndex(parts, context), xml);
    },
  });

  route(app, backend, 'streamsSitemap', {
    GET: async (c) =>
      respondCacheable(c, backend, renderSitemap(await findVisibleStreams(backend), [], context), xml),
  });

  route(app, backend, 'monthSitemap', {
    GET: async (c) => {
      const month = (c.req.param('month') ?? '').slice('sitemap-'.length, -'.xml'.length);
      const cards = await readMonth(backend, newsStream, month);
      return cards.length === 0
        ? respondProblem(c, backend, 'not-found')
        : respondCacheable(c, backend, renderSitemap([], cards, context), xml);
    },
  });
}

/** The streams with a visible article, `news` first, each labelled as its newest article writes it. */
async function findVisibleStreams({ store, context, now }: Backend): Promise<NamedStream[]> {
  const upTo = now();
  const names = [newsStream, ...(await readStreams(store, upTo))];
  const found: NamedStream[] = [];
  for (let start = 0; start < names.length; start += concurrentStreams) {
    const batch = names.slice(start, start + concurrentStreams).map(async (name) => {
      const [newest] = await readCards(store, { stream: name, upTo, limit: 1 });
      if (!newest) return [];
      const label = name === newsStream ? context.site.title : await findLabel(store, name, newest, upTo);
      return [{ name, label: label ?? name }];
    });
    found.push(...(await Promise.all(batch)).flat());
  }
  return found;
}
