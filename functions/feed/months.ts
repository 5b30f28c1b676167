import type { Card } from '../article/article.ts';
import { monthBounds, monthOf } from '../article/month.ts';
import { readCards } from '../store/cards.ts';
import type { Desk } from './desk.ts';

/** A sitemap may hold 50,000 addresses, and a function reads no more in its time. */
const mostInMonth = 50_000;

/** The months of the site's zone in which a stream shows an article, the newest first: one query each. */
export async function findMonths(desk: Desk, stream: string): Promise<string[]> {
  const months: string[] = [];
  for (
    let month = await findMonthUpTo(desk, stream, desk.now());
    month !== undefined;
    month = await findOlderMonth(desk, stream, month)
  )
    months.push(month);
  return months;
}

/** The next older month in which the stream shows an article: one query of one card. */
export function findOlderMonth(desk: Desk, stream: string, month: string): Promise<string | undefined> {
  const { since } = monthBounds(month, desk.context.site.timeZone);
  return findMonthUpTo(desk, stream, new Date(Date.parse(since) - 1).toISOString());
}

/** The next newer month in which the stream shows an article: one query of one card. While there is none, more may follow in this. */
export async function findNewerMonth(
  { store, context, now }: Desk,
  stream: string,
  month: string,
): Promise<string | undefined> {
  const { timeZone } = context.site;
  const { upTo } = monthBounds(month, timeZone);
  const [card] = await readCards(store, { stream, upTo: now(), after: `${upTo}$`, limit: 1 });
  return card && monthOf(card.publishedAt, timeZone);
}

async function findMonthUpTo(
  { store, context }: Desk,
  stream: string,
  upTo: string,
): Promise<string | undefined> {
  const [card] = await readCards(store, { stream, upTo, limit: 1 });
  return card && monthOf(card.publishedAt, context.site.timeZone);
}

/** The visible cards of a month of the site's zone, the newest first. */
export function readMonth(desk: Desk, stream: string, month: string, limit = mostInMonth): Promise<Card[]> {
  return readCards(desk.store, { stream, limit, ...visibleMonth(desk, month) });
}

/** The bounds of what of a month may be seen now. */
export function visibleMonth({ context, now }: Desk, month: string): { since: string; upTo: string } {
  const { since, upTo } = monthBounds(month, context.site.timeZone);
  const time = now();
  return { since, upTo: upTo < time ? upTo : time };
}
