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
  /** A missing content file removes only what a content file wrote last, and a feed what it wrote; a file that says `removed`, anything. */
  origin: StoredArticle['origin'];
  /** The caller, as API Gateway names it. */
  who?: string | undefined;
  /** Why; shown to readers. */
  reason?: string | undefined;
  /** Of the content file that says so. */
  fileHash?: string;
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
  { slug, origin, who, reason, fileHash, headers }: Removal,
): Promise<Removed | undefined> {
  const now = clock();
  const removed = await commit<Removed | undefined>(store, async () => {
    const current = (await readMetas(store, [slug])).get(slug);
    const leave = (result: Removed | undefined) => ({ plan: undefined, result });
    if (!current || 'movedTo' in current) return leave(undefined);
    const isGone = current.status === 'gone';
    if (isGone && (reason === undefined || reason === current.reason || current.erasedAt))
      return leave('gone');
    if (origin !== 'api' && current.origin !== origin && !fileHash) return leave('kept');
    if (headers && !isGone) requirePreconditions(headers, current, false);
    const next = {
      ...current,
      status: 'gone' as const,
      origin: isGone ? current.origin : origin,
      reason,
      fileHash: fileHash ?? current.fileHash,
    };
    const hand = handOf({ origin, who });
    const { plan } = await planWrites(store, { current, next, html: undefined, body: undefined, hand, now });
    return { plan, result: isGone ? 'gone' : 'removed' };
  });
  // Also for an article that is removed already: its deletion may have stopped before this.
  if (origin === 'api' && removed) await expireCounter(store, slug, now);
  return removed;
}
