import type { State } from './state.ts';

/** View counts with the articles they belong to. */
export function checkCounts({ views, article, gone, formerIds }: State): string[] {
  const known = new Set([
    ...article.map(({ fields }) => fields.article.id),
    ...gone.map(({ fields }) => fields.id),
    ...formerIds,
  ]);
  const strays = views.filter(({ parts }) => !known.has(parts.id ?? ''));
  const counts = new Map(views.map(({ parts, fields }) => [parts.id, fields.n]));
  const short = article.filter(
    ({ fields }) => (counts.get(fields.article.id) ?? 0) < (fields.startingViews ?? 0),
  );
  return [
    ...strays.map(({ key }) => `The count belongs to no article: ${key}`),
    ...short.map(({ key }) => `The count is below what the article started with: ${key}`),
  ];
}
