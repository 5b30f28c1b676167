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
  document('newsSitemap', xml, async () => {
    const upTo = backend.now();
    const since = new Date(Date.parse(upTo) - newsMilliseconds).toISOString();
    const cards = await readCards(store, { stream: newsStream, upTo, since, limit: maxNews });
    return renderNewsSitemap(cards, context);
  });
  document('sitemap', xml, async () => {
    const cards = await readCards(store, { stream: newsStream, upTo: backend.now(), limit: maxUrls + 1 });
    if (cards.length <= maxUrls) return renderSitemap(await findVisibleStreams(backend), cards, context);
    const parts = ['streams', ...(await findMonths(backend, newsStream))];
    return renderSitemapIndex(
      parts.map((part) => sitemapPath(part)),
      context,
    );
  });
  document('streamsSitemap', xml, async () => renderSitemap(await findVisibleStreams(backend), [], context));

  route(app, backend, 'monthSitemap', {
    GET: async (c) => {
      // hono's parameter is a whole step of the path.
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
