import { derivedRows } from '../derived-rows.ts';
import type { Key } from '../item.ts';
import { contentKey } from '../rows.ts';
import type { Moved, StoredArticle } from '../stored-article.ts';
import { articleFaults } from './article-faults.ts';

/** Whether the article at this slug calls for a row of this key; undefined when it contradicts itself, so that nobody can tell. */
export function callsFor(
  slug: string,
  meta: StoredArticle | Moved | undefined,
  { pk, sk }: Key,
): boolean | undefined {
  if (!meta || 'movedTo' in meta) return false;
  if (articleFaults(slug, meta).length > 0) return undefined;
  return [...derivedRows(meta), ...bodyKeys(meta)].some((row) => row.pk === pk && row.sk === sk);
}

export function bodyKeys({ article, bodyChunks }: StoredArticle): Key[] {
  return Array.from({ length: bodyChunks }, (_, chunk) => contentKey.body(article.slug, chunk));
}
