import { dayOf, type Period } from '../article/calendar.ts';
import type { Backend } from '../feed/backend.ts';
import type { RankedCard } from '../pages/most-read-page.tsx';
import { cardOf } from '../store/derived-rows.ts';
import { findRanking } from '../store/rankings.ts';
import { readVisible } from '../store/read-article.ts';

/** The articles most read in a period, as they are now: what is removed meanwhile is not among them. */
export async function readMostRead(
  { store, context, now: clock }: Backend,
  period: Period,
  limit: number,
): Promise<RankedCard[]> {
  const now = clock();
  const ranking = await findRanking(store, period);
  // After midnight yesterday's are in nobody's way for long, but today's they are not.
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
