import type { Card } from '../article/article.ts';
import { isCanonicalElsewhere } from '../article/site-context.ts';
import { newsStream } from '../article/stream-name.ts';
import { type CardQuery, readCards } from '../store/cards.ts';
import { type Directory, directoryNames, findDirectory } from '../store/directories.ts';
import type { Backend } from './backend.ts';
import {
  findZoned,
  type MonthSitemap,
  type NewsEntry,
  type Sitemap,
  type SitemapEntries,
  zoneOf,
} from './directories.ts';
import { findMonths, readMonth } from './months.ts';

/** Articles of one sitemap, beyond which it is divided by months. */
const maxUrls = 5_000;
/** Google takes no more in a news sitemap, and none that is older. */
const maxNews = 1_000;
const newsMilliseconds = 2 * 86_400_000;

/** The articles of the site, or its months where they are too many; at most two minutes old. */
export async function findSitemap(backend: Backend): Promise<Sitemap> {
  return (await findZoned<Sitemap>(backend, directoryNames.sitemap)) ?? readSitemap(backend);
}

/** The same, from the cards of at most 5,001 articles. */
export async function readSitemap(backend: Backend, consistent = false): Promise<Sitemap> {
  const query = { stream: newsStream, upTo: backend.now(), limit: maxUrls + 1, consistent };
  const cards = await readCards(backend.store, query);
  const zone = zoneOf(backend.context.site);
  return cards.length > maxUrls
    ? { zone, months: await findMonths(backend, newsStream) }
    : { zone, entries: entriesOf(cards, backend) };
}

/** The articles of a month, at most 40,000, the newest first; at most two minutes old. */
export async function findMonthSitemap(backend: Backend, month: string): Promise<SitemapEntries> {
  const entries: SitemapEntries = [];
  for (let row = 1; ; row++) {
    const kept = await findZoned<MonthSitemap>(backend, directoryNames.monthSitemap(month, row));
    if (!kept) return entriesOf(await readMonth(backend, newsStream, month), backend);
    entries.push(...kept.entries);
    if (!kept.more) return entries;
  }
}

/** Without those whose canonical address is elsewhere. */
export function entriesOf(cards: Card[], { context }: Pick<Backend, 'context'>): SitemapEntries {
  return cards
    .filter((card) => !isCanonicalElsewhere(card, context))
    .map(({ slug, updatedAt }) => [slug, updatedAt]);
}

/** The articles of the last two days, at most 1,000, the newest first; at most two minutes old. */
export async function findNewsEntries(backend: Backend): Promise<NewsEntry[]> {
  const kept: Directory<NewsEntry[]> | undefined = await findDirectory(
    backend.store,
    directoryNames.newsSitemap,
  );
  if (!kept) return readNewsEntries(backend);
  const { since } = lastDays(backend);
  return kept.content.filter(({ publishedAt }) => publishedAt >= since);
}

export async function readNewsEntries(backend: Backend, consistent = false): Promise<NewsEntry[]> {
  const query: CardQuery = { stream: newsStream, ...lastDays(backend), limit: maxNews, consistent };
  const cards = await readCards(backend.store, query);
  return cards
    .filter((card) => !isCanonicalElsewhere(card, backend.context))
    .map(({ slug, title, publishedAt, language }) => ({ slug, title, publishedAt, language }));
}

function lastDays({ now }: Backend) {
  const upTo = now();
  return { upTo, since: new Date(Date.parse(upTo) - newsMilliseconds).toISOString() };
}
