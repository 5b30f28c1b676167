import { dayOf, daysBefore, type Period, periodNames, periods } from '../article/calendar.ts';
import type { Backend } from '../feed/backend.ts';
import { type Count, readCounts } from '../store/counter.ts';
import {
  findRanking,
  keepRanking,
  type RankedArticle,
  type ReadNote,
  readNotes,
  readRankings,
} from '../store/rankings.ts';
import { readVisible } from '../store/read-article.ts';

const minute = 60_000;
const restMilliseconds = 5 * minute;
/** Of each period: many more than are shown, for it is among them that the next days' are found. */
const keptArticles = 50;
/** Newly noted ones by the views of their day, and as many by all that they have. */
const mostCandidates = 100;

/**
 * Ranks the most read articles of each period anew, five minutes after the last time at the earliest, if any was noted since or the
 * day has changed. Looks at those noted and those ranked before, however many others there are. The same again does no harm.
 */
export async function rankArticles({ store, context, now: clock }: Backend): Promise<void> {
  const now = clock();
  const day = dayOf(now, context.site.timeZone);
  // Written last: as long as it is old, so may be the others.
  const last = await findRanking(store, 'today');
  const hasDayChanged = last !== undefined && last.day !== day;
  const age = Date.parse(now) - Date.parse(last?.rankedAt ?? '');
  if (!hasDayChanged && age < restMilliseconds) return;
  // What was noted within the minute before may have come in after.
  const since = last && new Date(Date.parse(last.rankedAt) - minute).toISOString();
  const notes = await readNotes(store, since);
  if (!hasDayChanged && notes.length === 0) return;

  const articles = candidatesOf(
    notes,
    (await readRankings(store)).flatMap(({ articles }) => articles),
  );
  const visible = await readVisible(store, { articles, now }, { ConsistentRead: true });
  const counts = await readCounts(
    store,
    visible.map(({ article }) => article.id),
  );
  for (const period of [...periodNames].reverse()) {
    const ranked = visible
      .map(({ article: { id, slug, publishedAt } }) => ({
        ...{ id, slug, publishedAt },
        n: viewsIn(period, day, counts.get(id)),
      }))
      .filter(({ n }) => n > 0)
      .sort((a, b) => b.n - a.n || (a.publishedAt > b.publishedAt ? -1 : 1))
      .slice(0, keptArticles)
      .map(({ publishedAt: _, ...article }) => article);
    await keepRanking(store, period, { day, rankedAt: now, articles: ranked });
  }
}

/** Each article once, a note before what an older ranking knew of its address. */
function candidatesOf(notes: ReadNote[], ranked: RankedArticle[]) {
  const newest = new Map([...notes].reverse().map((note) => [note.id, note]));
  const top = (by: 'n' | 'total') =>
    [...newest.values()].sort((a, b) => b[by] - a[by]).slice(0, mostCandidates);
  const found = new Map([...ranked, ...top('n'), ...top('total')].map(({ id, slug }) => [id, { id, slug }]));
  return [...found.values()];
}

function viewsIn(period: Period, day: string, count: Count | undefined): number {
  if (!count) return 0;
  if (period === 'ever') return count.total;
  const first = daysBefore(day, periods[period] - 1);
  let sum = 0;
  for (const [counted, n] of count.days) if (counted >= first && counted <= day) sum += n;
  return sum;
}
