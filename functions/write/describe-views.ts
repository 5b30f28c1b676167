import type { StatsJson } from '../api/answers.ts';
import { dayOf, daysBefore } from '../article/calendar.ts';
import type { ListedRow } from '../store/listing.ts';
import { readMetas } from '../store/read-article.ts';
import { readCounts } from '../store/read-counts.ts';
import { keptDays } from '../store/view-days.ts';
import type { WriteBackend } from './write-article.ts';

/** The views of a page of the list of all articles. */
export async function describeViews(
  { store, timeZone, now }: WriteBackend,
  rows: ListedRow[],
): Promise<Omit<StatsJson, 'next'>> {
  const today = dayOf(now(), timeZone);
  const first = daysBefore(today, keptDays - 1);
  const metas = await readMetas(
    store,
    rows.map(({ slug }) => slug),
  );
  const ids = new Map(
    [...metas].flatMap(([slug, meta]) => ('article' in meta ? [[slug, meta.article.id]] : [])),
  );
  const counts = await readCounts(store, [...ids.values()]);
  const items = rows.map(({ slug, title, status }) => {
    const { total = 0, days = new Map<string, number>() } = counts.get(ids.get(slug) ?? '') ?? {};
    const kept = [...days].filter(([day]) => day >= first && day <= today).sort();
    return { slug, title, status, views: total, days: Object.fromEntries(kept) };
  });
  return { today, items };
}
