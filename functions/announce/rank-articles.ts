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

const minMillisecondsBetween = 300_000;
/** Notes of the minute before a ranking may have been written after it. */
const overlapMilliseconds = 60_000;
/** Per period. Far more than are shown: the next ranking takes its candidates from them. */
const keptArticles = 50;
/** The noted articles with the most views of their day, and as many with the most views in all. */
const mostCandidates = 100;

/**
 * Ranks the most read articles of each period, at most every five minutes, and only if an article was noted since or the day has
 * changed. Candidates are the noted articles and those of the last ranking: the cost does not grow with the site. Idempotent.
 * Tells whether it ranked.
 */
export async function rankArticles({ store, context, now: clock }: Backend): Promise<boolean> {
  const now = clock();
  const day = dayOf(now, context.site.timeZone);
  // The last to be written: if it is new, so are the others.
  const last = await findRanking(store, 'today');
  const hasDayChanged = last !== undefined && last.day !== day;
  const age = Date.parse(now) - Date.parse(last?.rankedAt ?? '');
  if (!hasDayChanged && age < minMillisecondsBetween) return false;
  const since = last && new Date(Date.parse(last.rankedAt) - overlapMilliseconds).toISOString();
  const notes = await readNotes(store, since);
  if (!hasDayChanged && notes.length === 0) return false;

  const ranked = (await readRankings(store)).flatMap(({ articles }) => articles);
  const candidates = { articles: candidatesOf(notes, ranked), now };
  const visible = await readVisible(store, candidates, { ConsistentRead: true });
  const ids = visible.map(({ article }) => article.id);
  const counts = await readCounts(store, ids);
  for (const period of [...periodNames].reverse()) {
    const articles = visible
      .map(({ article }) => ({ article, n: viewsIn(period, day, counts.get(article.id)) }))
      .filter(({ n }) => n > 0)
      .sort((a, b) => b.n - a.n || (a.article.publishedAt > b.article.publishedAt ? -1 : 1))
      .slice(0, keptArticles)
      .map(({ article: { id, slug }, n }) => ({ id, slug, n }));
    await keepRanking(store, period, { day, rankedAt: now, articles });
  }
  return true;
}

/** Each article once; a note's slug is newer than a ranking's. */
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
