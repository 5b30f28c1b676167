import type { Found, State } from './state.ts';

type Row = Found<'views'> | Found<'shard'>;

/** View counts with the articles they belong to. */
export function checkCounts(state: State): string[] {
  const { views, shard, article } = state;
  const rows = new Map<string, Row[]>();
  for (const row of [...views, ...shard]) rows.set(idOf(row), [...(rows.get(idOf(row)) ?? []), row]);
  const known = knownIds(state);
  const strays = [...rows.values()].flat().filter((row) => !known.has(idOf(row)));
  const shards = new Map(views.map((row) => [idOf(row), row.fields.shards ?? 1]));
  const unread = shard.filter((row) => Number(row.parts.row) >= (shards.get(idOf(row)) ?? 1));
  return [
    ...strays.map(({ key }) => `The count belongs to no article: ${key}`),
    ...unread.map(({ key }) => `The row is beyond those that its counter has: ${key}`),
    ...[...rows.values()].flat().flatMap((row) => checkDays(row, state)),
    ...article.flatMap((found) => checkCounter(found, rows.get(found.fields.article.id) ?? [])),
  ];
}

/** Of every article there is, or was: a claim stays for ever. */
export function knownIds({ article, claim }: State): Set<string> {
  return new Set([
    ...article.map(({ fields }) => fields.article.id),
    ...claim.map(({ fields }) => fields.id),
  ]);
}

function checkCounter({ key, fields }: Found<'article'>, rows: Row[]): string[] {
  const { status, origin, startingViews = 0 } = fields;
  const total = rows.reduce((sum, row) => sum + row.fields.n, 0);
  const [first] = rows.map((row) => row.fields).filter((row) => 'shards' in row);
  const expiring = rows.filter((row) => row.fields.ttl !== undefined);
  const expected = status === 'gone' && origin === 'api' ? Number(first?.shards ?? 1) : 0;
  return [
    ...(total < startingViews ? [`The count is below what the article started with: ${key}`] : []),
    ...(expiring.length > expected ? [`The counter expires, but nobody deleted the article: ${key}`] : []),
    ...(expiring.length < expected ? [`The counter of a deleted article does not expire whole: ${key}`] : []),
    ...(new Set(expiring.map((row) => row.fields.ttl)).size > 1
      ? [`The rows of the counter expire at different times: ${key}`]
      : []),
  ];
}

function checkDays({ key, fields }: Row, { now }: State): string[] {
  const days = Object.entries(fields).filter(([name]) => name.startsWith('d')) as [string, number][];
  const sum = days.reduce((sum, [, views]) => sum + views, 0);
  // In no zone is it later than a day after UTC.
  const latest = new Date(Date.parse(now) + 86_400_000).toISOString().slice(0, 10).replaceAll('-', '');
  return [
    ...(sum > fields.n ? [`The row has more views on its days than in all: ${key}`] : []),
    ...(days.some(([name]) => name > `d${latest}`) ? [`The row has views of a day to come: ${key}`] : []),
  ];
}

function idOf({ parts }: Row): string {
  return parts.id ?? '';
}
