import type { Reading } from './batch-get.ts';
import type { Store } from './connection.ts';
import { readMetas } from './read-article.ts';
import { isVisible, type Moved, type StoredArticle } from './stored-article.ts';

interface Sought {
  /** Where each article was last known to stand; without an id whichever stands there. */
  articles: { id?: string; slug: string }[];
  /** ISO 8601 in UTC with milliseconds. */
  now: string;
}

/** Those that readers may see now, in the order given: a renamed article is followed, another at its address is not taken for it. */
export async function readVisible(
  store: Store,
  { articles, now }: Sought,
  reading: Pick<Reading, 'ConsistentRead'>,
): Promise<StoredArticle[]> {
  const slugs = articles.map(({ slug }) => slug);
  const metas = await readMetas(store, slugs, reading);
  const moved = [...metas.values()].flatMap((meta) => ('movedTo' in meta ? [meta.movedTo] : []));
  const targets = await readMetas(store, moved, reading);
  const resolve = (meta: StoredArticle | Moved | undefined) =>
    meta && 'movedTo' in meta ? targets.get(meta.movedTo) : meta;
  return articles.flatMap(({ id, slug }) => {
    const found = resolve(metas.get(slug));
    if (!found || !('article' in found) || !isVisible(found, now)) return [];
    return id === undefined || found.article.id === id ? [found] : [];
  });
}
