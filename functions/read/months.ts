import type { Card } from '../article/article.ts';
import { monthBounds, monthOf } from '../article/month.ts';
import { readCards } from '../store/cards.ts';
import type { Desk } from './desk.ts';

/** The months of the site's zone in which a stream shows an article, the newest first: one query each. */
export async function findMonths(desk: Desk, stream: string): Promise<string[]> {
  const { timeZone } = desk.context.site;
  const months: string[] = [];
  for (let upTo = desk.now(); ; ) {
    const [card] = await readCards(desk.store, { stream, upTo, limit: 1 });
    if (!card) return months;
    const month = monthOf(card.publishedAt, timeZone);
    months.push(month);
    upTo = new Date(Date.parse(monthBounds(month, timeZone).since) - 1).toISOString();
  }
}

/** The visible cards of a month of the site's zone, at most `limit`, the newest first. */
export async function readMonth(desk: Desk, stream: string, month: string, limit: number): Promise<Card[]> {
  const { since, upTo } = monthBounds(month, desk.context.site.timeZone);
  const now = desk.now();
  return readCards(desk.store, { stream, since, upTo: upTo < now ? upTo : now, limit });
}
