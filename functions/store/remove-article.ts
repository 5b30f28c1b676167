import type { Store } from './connection.ts';
import { readMetas } from './read-article.ts';
import { type StoredArticle, withTraces } from './stored-article.ts';
import { commit } from './transaction.ts';
import { planWrites } from './write-plan.ts';

export interface Removal {
  slug: string;
  origin: StoredArticle['origin'];
  /** ISO 8601 in UTC with milliseconds. */
  now: string;
  /** Whether the article as it stands may be removed. May throw. */
  allow?: (current: StoredArticle) => boolean;
}

/** Turns an article into a tombstone: META, ids, aliases and guid stay, body and cards go. False when there is none. */
export async function removeArticle(store: Store, { slug, origin, now, allow }: Removal): Promise<boolean> {
  return commit(store, async () => {
    const current = (await readMetas(store, [slug])).get(slug);
    if (!current || 'movedTo' in current || current.status === 'gone' || allow?.(current) === false)
      return { plan: undefined, result: false };
    const gone = { ...current, status: 'gone' as const, origin, version: current.version + 1, bodyChunks: 0 };
    const next = withTraces(gone, current, now);
    return { plan: planWrites(store, { current, next, chunks: [], newStreams: new Map() }), result: true };
  });
}
