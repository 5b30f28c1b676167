import { expireCounter } from '../store/counter-expiry.ts';
import { planWrites } from '../store/plan-writes.ts';
import { readMetas } from '../store/read-article.ts';
import type { StoredArticle } from '../store/stored-article.ts';
import { commit } from '../store/transaction.ts';
import type { WriteBackend } from './backend.ts';
import { requirePreconditions } from './request.ts';
import { handOf } from './write-article.ts';

interface Removal {
  slug: string;
  /** A missing content file removes only what a content file wrote last. */
  origin: StoredArticle['origin'];
  /** The caller, as API Gateway names it. */
  who?: string | undefined;
  /** Headers of the request; their preconditions must hold. */
  headers?: Headers;
}

type Removed = 'removed' | 'kept' | 'gone';

/**
 * Removes an article: body and cards go; its record, id, aliases and guid stay. After a deletion through the API its counter expires.
 * Undefined if there never was an article. Throws PreconditionFailedError.
 */
export async function removeArticle(
  { store, now: clock }: Pick<WriteBackend, 'store' | 'now'>,
  { slug, origin, who, headers }: Removal,
): Promise<Removed | undefined> {
  const now = clock();
  const removed = await commit<Removed | undefined>(store, async () => {
    const current = (await readMetas(store, [slug])).get(slug);
    const leave = (result: Removed | undefined) => ({ plan: undefined, result });
    if (!current || 'movedTo' in current) return leave(undefined);
    if (current.status === 'gone') return leave('gone');
    if (origin === 'content' && current.origin !== 'content') return leave('kept');
    if (headers) requirePreconditions(headers, current, false);
    const next = { ...current, status: 'gone' as const, origin };
    const hand = handOf({ origin, who });
    const { plan } = await planWrites(store, { current, next, html: undefined, body: undefined, hand, now });
    return { plan, result: 'removed' };
  });
  // Also for an article that is removed already: its deletion may have stopped before this.
  if (origin === 'api' && removed) await expireCounter(store, slug, now);
  return removed;
}
