import type { Store } from './connection.ts';
import { expireCounter } from './counter-expiry.ts';
import { readMetas } from './read-article.ts';
import { type StoredArticle, withVisibility } from './stored-article.ts';
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

export type Removed = 'removed' | 'kept' | 'gone';

/**
 * Turns an article into a tombstone: META, ids, aliases and guid stay, body and cards go, and after a deletion through the API its counter
 * in time. Undefined when there never was one.
 */
export async function removeArticle(
  store: Store,
  { slug, origin, now, allow }: Removal,
): Promise<Removed | undefined> {
  const removed = await commit<Removed | undefined>(store, async () => {
    const current = (await readMetas(store, [slug])).get(slug);
    const leave = (result: Removed | undefined) => ({ plan: undefined, result });
    if (!current || 'movedTo' in current) return leave(undefined);
    if (current.status === 'gone') return leave('gone');
    if (allow?.(current) === false) return leave('kept');
    const gone = { ...current, status: 'gone' as const, origin, version: current.version + 1, bodyChunks: 0 };
    const next = withVisibility(gone, current, now);
    const plan = planWrites(store, { current, next, chunks: [], newStreams: new Map() });
    return { plan, result: 'removed' };
  });
  // Again for one that is gone, whose deletion may have ended here.
  if (origin === 'api' && removed) await expireCounter(store, slug, now);
  return removed;
}
