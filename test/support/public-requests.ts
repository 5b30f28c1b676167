import { periodNames } from '../../functions/article/calendar.ts';
import type { Store } from '../../functions/store/connection.ts';
import { keepRanking } from '../../functions/store/rankings.ts';
import { findMeta } from '../../functions/store/read-article.ts';
import { type SiteSize, slugOf } from './grown-site.ts';

export interface PublicRequest {
  path: string;
  headers?: Record<string, string>;
  /** Asked a second time, with the validator of the first answer. */
  repeated?: boolean;
}

const html = { Accept: 'text/html' };
const tag = '/tag/everywhere';

/** What may cost up to 70 units: archive documents and month sitemaps. */
export function dearRequests(now: string): PublicRequest[] {
  const { month, over, before } = placesAt(now);
  return [
    { path: `${month}/1/rss.xml` },
    { path: `${month}/1/atom.xml` },
    { path: `${month}/rss.xml` },
    { path: `${month}/rss.xml${before}` },
    { path: `${tag}${month}/1/atom.xml` },
    { path: `${tag}${month}/rss.xml` },
    { path: `/corrections${month}/atom.xml` },
    { path: `/archive/${over}/rss.xml` },
    { path: `/sitemap-${now.slice(0, 7)}.xml` },
  ];
}

/** One request of every other kind. */
export function cheapRequests(now: string): PublicRequest[] {
  const { month, before } = placesAt(now);
  return [
    { path: '/', headers: html },
    { path: '/news' },
    { path: `/news${before}` },
    { path: `/news/${slugOf(0)}`, headers: html },
    { path: `/news/${slugOf(0)}.json` },
    { path: tag },
    // As most polls find them: not modified.
    ...['', '/corrections', tag].flatMap((stream) =>
      ['/rss.xml', '/atom.xml', '/feed.json'].map((format) => ({ path: stream + format, repeated: true })),
    ),
    { path: `/feed.json${before}`, repeated: true },
    { path: '/archive', headers: html },
    { path: `${tag}/archive`, headers: html },
    { path: '/corrections/archive', headers: html },
    ...['', tag, '/corrections'].map((stream) => ({ path: stream + month, headers: html })),
    { path: `${month}/1/rss.xml`, repeated: true },
    { path: `${month}/rss.xml`, repeated: true },
    { path: '/most-read', headers: html },
    { path: '/corrections', headers: html },
    ...['/feeds', '/about', '/opml.xml', '/robots.txt', '/openapi.json', '/favicon.ico'].map((path) => ({
      path,
    })),
    ...['/sitemap.xml', '/sitemap-streams.xml', '/news-sitemap.xml'].map((path) => ({ path })),
  ];
}

function placesAt(now: string) {
  const day = new Date(Date.parse(now) - 10 * 86_400_000).toISOString();
  return {
    month: `/archive/${now.slice(0, 7)}`,
    over: new Date(Date.parse(now) - 60 * 86_400_000).toISOString().slice(0, 7),
    before: `?before=${Buffer.from(`${day}#a`).toString('base64url')}`,
  };
}

/** Rankings of as many different articles as there can be. */
export async function rankDifferently(store: Store, { articles }: SiteSize, now: string): Promise<void> {
  for (const [index, period] of periodNames.entries()) {
    const ranked = [];
    for (let place = 0; place < Math.min(50, Math.floor(articles / 4)); place++) {
      const found = await findMeta(store, slugOf(place * 4 + index));
      if (found && 'article' in found)
        ranked.push({ id: found.article.id, slug: found.article.slug, n: 100 - place });
    }
    await keepRanking(store, period, { day: now.slice(0, 10), rankedAt: now, articles: ranked });
  }
}
