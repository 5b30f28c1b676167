import { knownIds } from './counts.ts';
import type { State } from './state.ts';

const day = 86_400;
const noteSeconds = 2 * day;

/** What readers' requests note, and what is ranked from it. */
export function checkMostRead(state: State): string[] {
  const known = knownIds(state);
  const totals = totalsOf(state);
  return [...checkNotes(state, known, totals), ...checkRankings(state, known, totals)];
}

/** All views of every article that readers see: those alone can only grow. */
function totalsOf({ article, views, shard, now }: State): Map<string, number> {
  const visible = article.filter(
    ({ fields }) => fields.status === 'published' && fields.article.publishedAt <= now,
  );
  const totals = new Map(visible.map(({ fields }) => [fields.article.id, 0]));
  for (const { parts, fields } of [...views, ...shard]) {
    const before = totals.get(parts.id ?? '');
    if (before !== undefined) totals.set(parts.id ?? '', before + fields.n);
  }
  return totals;
}

function checkNotes({ read, now }: State, known: Set<string>, totals: Map<string, number>): string[] {
  const seconds = (time = '') => Date.parse(time) / 1000;
  return read.flatMap(({ key, parts, fields: { slug, id, n, total, ttl } }) => {
    const minute = seconds(parts.minute);
    const expired = ttl <= seconds(now);
    return [
      ...(slug !== parts.slug ? [`The note tells of another article than its key: ${key}`] : []),
      ...(!known.has(id) ? [`The note is of no article: ${key}`] : []),
      ...(n > total ? [`The note has more views of its day than in all: ${key}`] : []),
      ...(!expired && total > (totals.get(id) ?? total)
        ? [`The note has more views than there are: ${key}`]
        : []),
      ...(ttl < minute + noteSeconds || ttl >= minute + 60 + noteSeconds
        ? [`The note does not expire two days after its minute: ${key}`]
        : []),
      ...(minute > seconds(now) ? [`The note is of a minute to come: ${key}`] : []),
    ];
  });
}

function checkRankings({ ranking, now }: State, known: Set<string>, totals: Map<string, number>): string[] {
  return ranking.flatMap(({ key, fields: { day: last, rankedAt, articles } }) => {
    const ids = articles.map(({ id }) => id);
    const disordered = articles.some(({ n }, index) => n > (articles[index - 1]?.n ?? n));
    // In no zone is it another day than a day before or after UTC.
    const distance = Math.abs(Date.parse(last) - Date.parse(rankedAt.slice(0, 10))) / 1000;
    return [
      ...(disordered ? [`The ranking is out of order: ${key}`] : []),
      ...(new Set(ids).size < ids.length ? [`The ranking has an article twice: ${key}`] : []),
      ...(ids.some((id) => !known.has(id)) ? [`The ranking has an article that never was: ${key}`] : []),
      ...(articles.some(({ id, n }) => n > (totals.get(id) ?? n))
        ? [`The ranking has more views than there are: ${key}`]
        : []),
      ...(rankedAt > now ? [`The ranking is of a time to come: ${key}`] : []),
      ...(distance > day ? [`The ranking is of another day than its time: ${key}`] : []),
    ];
  });
}
