import type { Card } from '../article/article.ts';
import { monthBounds, monthOf } from '../article/calendar.ts';
import { type Position, readCards } from '../store/cards.ts';
import { directoryNames } from '../store/directories.ts';
import type { Backend } from './backend.ts';
import { findZoned, type Months, partStarts } from './directories.ts';

/** Entries of an archive document. */
export const partSize = 100;
/** A sitemap may hold 50,000 addresses, and an answer 6 MB. */
export const mostInMonth = 40_000;

/** The months of the site's zone in which a stream shows an article, the newest first: one row, or where that is missing a query each. */
export async function findMonths(backend: Backend, stream: string): Promise<string[]> {
  const kept = await findKeptMonths(backend, stream);
  if (kept) return visibleMonths(kept, backend.now());
  const months: string[] = [];
  for (
    let month = await findMonthUpTo(backend, stream, backend.now());
    month !== undefined;
    month = await findOlderMonth(backend, stream, month)
  )
    months.push(month);
  return months;
}

/** Of a stream's months those that show an article, the newest first. */
export function visibleMonths({ months }: Months, now: string): string[] {
  return Object.keys(months)
    .filter((month) => visibleStarts(months[month] ?? [], now).length > 0)
    .sort()
    .reverse();
}

export function findKeptMonths(backend: Backend, stream: string): Promise<Months | undefined> {
  return findZoned<Months>(backend, directoryNames.months(stream));
}

/** Where the visible archive documents of a month begin, the oldest first; where no row tells, the month's cards do. */
export async function findPartStarts(
  backend: Backend,
  kept: Months | undefined,
  stream: string,
  month: string,
): Promise<Position[]> {
  return kept
    ? visibleStarts(kept.months[month] ?? [], backend.now())
    : partStarts(await readMonth(backend, stream, month), partSize);
}

function visibleStarts(starts: Position[], now: string): Position[] {
  return starts.filter((start) => start < `${now}$`);
}

/** The next older month in which the stream shows an article: one query of one card. */
export function findOlderMonth(backend: Backend, stream: string, month: string): Promise<string | undefined> {
  const { since } = monthBounds(month, backend.context.site.timeZone);
  return findMonthUpTo(backend, stream, new Date(Date.parse(since) - 1).toISOString());
}

/** The next newer month in which the stream shows an article: one query of one card. While there is none, more may follow in this. */
export async function findNewerMonth(
  { store, context, now }: Backend,
  stream: string,
  month: string,
): Promise<string | undefined> {
  const { timeZone } = context.site;
  const { upTo } = monthBounds(month, timeZone);
  const [card] = await readCards(store, { stream, upTo: now(), after: `${upTo}$`, limit: 1 });
  return card && monthOf(card.publishedAt, timeZone);
}

async function findMonthUpTo(
  { store, context }: Backend,
  stream: string,
  upTo: string,
): Promise<string | undefined> {
  const [card] = await readCards(store, { stream, upTo, limit: 1 });
  return card && monthOf(card.publishedAt, context.site.timeZone);
}

/** The visible cards of a month of the site's zone, the newest first. */
export function readMonth(
  backend: Backend,
  stream: string,
  month: string,
  consistent = false,
): Promise<Card[]> {
  return readCards(backend.store, {
    stream,
    limit: mostInMonth,
    consistent,
    ...visibleMonth(backend, month),
  });
}

/** The bounds of what of a month may be seen now. */
export function visibleMonth({ context, now }: Backend, month: string): { since: string; upTo: string } {
  const { since, upTo } = monthBounds(month, context.site.timeZone);
  const time = now();
  return { since, upTo: upTo < time ? upTo : time };
}
