import { daysBefore } from '../../../functions/article/calendar.ts';

/** An article of `/stats`. */
export interface CountedArticle {
  slug: string;
  title: string;
  status: string;
  /** In all. */
  views: number;
  /** By day. */
  days: Record<string, number>;
}

/** The views of some days, the most read articles first. */
export interface Period {
  /** Such as 2026-11-25, the oldest first. */
  days: string[];
  articles: (CountedArticle & { byDay: number[]; sum: number })[];
  /** How many articles had no view. */
  unread: number;
  /** Of the whole site. */
  byDay: number[];
  sum: number;
  ever: number;
}

export function sumUp(all: CountedArticle[], today: string, count: number): Period {
  const days = Array.from({ length: count }, (_, index) => daysBefore(today, count - 1 - index));
  const articles = all
    .map((article) => {
      const byDay = days.map((day) => article.days[day] ?? 0);
      return { ...article, byDay, sum: sumOf(byDay) };
    })
    .filter(({ sum }) => sum > 0)
    .sort((a, b) => b.sum - a.sum || b.views - a.views || (a.slug < b.slug ? -1 : 1));
  const byDay = days.map((_, index) => sumOf(articles.map((article) => article.byDay[index] ?? 0)));
  return {
    days,
    articles,
    byDay,
    sum: sumOf(byDay),
    unread: all.length - articles.length,
    ever: sumOf(all.map(({ views }) => views)),
  };
}

function sumOf(numbers: number[]): number {
  return numbers.reduce((sum, n) => sum + n, 0);
}
