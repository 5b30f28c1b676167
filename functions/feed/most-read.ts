import type { Card } from '../article/article.ts';
import { dayOf, type Period } from '../article/calendar.ts';
import { cardOf } from '../store/article-rows.ts';
import { directoryNames, findDirectory } from '../store/directories.ts';
import { findRanking } from '../store/rankings.ts';
import { readVisible } from '../store/read-article.ts';
import type { Backend } from './backend.ts';

/** A card with its views in the period, as of the last ranking. */
export type RankedCard = Card & { views: number };

/** What is shown of the rankings of some periods. `day` is the last one of the period, '' where nothing was ranked. */
export type MostRead = Partial<Record<Period, { day: string; cards: RankedCard[] }>>;

const shownPerPeriod = 10;

/** The ten most read visible articles of each of these periods; what has changed of them shows within two minutes. */
export async function findMostRead<Asked extends Period>(
  backend: Backend,
  periods: readonly Asked[],
): Promise<Record<Asked, RankedCard[]>> {
  const { store, context, now } = backend;
  const kept = await findDirectory<MostRead>(store, directoryNames.mostRead);
  const found = kept?.content ?? (await readMostRead(backend, periods));
  const today = dayOf(now(), context.site.timeZone);
  const cardsOf = (period: Asked): RankedCard[] => {
    const { day, cards } = found[period] ?? { day: '', cards: [] };
    // Right after midnight the ranking is yesterday's: do not show it as today's.
    return period === 'today' && day !== today ? [] : cards;
  };
  return Object.fromEntries(periods.map((period) => [period, cardsOf(period)])) as Record<
    Asked,
    RankedCard[]
  >;
}

/** The same from the rankings, the articles as they are now. */
export async function readMostRead(backend: Backend, periods: readonly Period[]): Promise<MostRead> {
  const read = async (period: Period) => [period, await readRanked(backend, period)] as const;
  return Object.fromEntries(await Promise.all(periods.map(read)));
}

async function readRanked({ store, now }: Backend, period: Period) {
  const { day = '', articles = [] } = (await findRanking(store, period)) ?? {};
  const views = new Map(articles.map(({ id, n }) => [id, n]));
  const cards: RankedCard[] = [];
  for (let start = 0; start < articles.length && cards.length < shownPerPeriod; start += shownPerPeriod) {
    const next = { articles: articles.slice(start, start + shownPerPeriod), now: now() };
    for (const stored of await readVisible(store, next, { ConsistentRead: false }))
      cards.push({ ...cardOf(stored), views: views.get(stored.article.id) ?? 0 });
  }
  return { day, cards: cards.slice(0, shownPerPeriod) };
}
