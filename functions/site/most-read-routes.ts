import type { Hono } from 'hono';
import { dayOf, type Period, periodNames } from '../article/calendar.ts';
import type { Backend } from '../feed/backend.ts';
import {
  mostReadJson,
  type RankedCard,
  type RankedCards,
  renderMostReadPage,
} from '../pages/most-read-page.tsx';
import { cardOf } from '../store/article-rows.ts';
import { findRanking } from '../store/rankings.ts';
import { readVisible } from '../store/read-article.ts';
import { prefersJson, respondText } from './respond.ts';
import { type Bindings, route } from './routing.ts';

const shownPerPeriod = 10;

/** The articles with the most views, by period. */
export function mostReadRoutes(app: Hono<Bindings>, backend: Backend): void {
  route(app, backend, 'mostRead', {
    GET: async (c) => {
      const read = async (period: Period) => [period, await readMostRead(backend, period, shownPerPeriod)];
      const ranked: RankedCards = Object.fromEntries(await Promise.all(periodNames.map(read)));
      c.header('Vary', 'Accept');
      return prefersJson(c)
        ? respondText(c, JSON.stringify(mostReadJson(ranked, backend.context)), 'application/json')
        : respondText(c, renderMostReadPage(ranked, backend.context), 'text/html');
    },
  });
}

/** The visible articles of the last ranking, as they are now. */
export async function readMostRead(
  { store, context, now: clock }: Backend,
  period: Period,
  limit: number,
): Promise<RankedCard[]> {
  const now = clock();
  const ranking = await findRanking(store, period);
  // Right after midnight the ranking is yesterday's: do not show it as today's.
  if (period === 'today' && ranking?.day !== dayOf(now, context.site.timeZone)) return [];
  const { articles = [] } = ranking ?? {};
  const views = new Map(articles.map(({ id, n }) => [id, n]));
  const cards: RankedCard[] = [];
  for (let start = 0; start < articles.length && cards.length < limit; start += limit) {
    const next = { articles: articles.slice(start, start + limit), now };
    for (const stored of await readVisible(store, next, { ConsistentRead: false }))
      cards.push({ ...cardOf(stored), views: views.get(stored.article.id) ?? 0 });
  }
  return cards.slice(0, limit);
}
