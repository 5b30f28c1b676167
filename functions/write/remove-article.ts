import { subscriberId } from '../article/article.ts';
import type { FormerArticle } from '../article/article-file.ts';
import { reviseArticle } from '../article/revise-article.ts';
import { streamsOf } from '../article/stream-name.ts';
import { expireCounter } from '../store/counter-expiry.ts';
import { planWrites } from '../store/plan-writes.ts';
import { findReplaced, isIdClaimed, readMetas } from '../store/read-article.ts';
import type { StoredArticle } from '../store/stored-article.ts';
import { commit, TakenError } from '../store/transaction.ts';
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

/** What another stage had removed, for one that never had it: its addresses, id, guid and tombstone. Throws TakenError. */
export async function keepRemoved(
  { store, authority, now: clock }: Pick<WriteBackend, 'store' | 'authority' | 'now'>,
  {
    slug,
    former,
    reason,
    fileHash,
  }: { slug: string; former: FormerArticle } & Pick<Removal, 'reason' | 'fileHash'>,
): Promise<void> {
  const { input, leftAt } = former;
  const now = clock();
  await commit(store, async () => {
    const { current, yielding } = await findReplaced(store, slug, input.aliases);
    if (current)
      throw new TakenError('/aliases', `${current.article.slug} is the address of another article`);
    const revision = { slug, input, html: '', current, wasVisible: false, authority, generation: 0, now };
    const article = reviseArticle(revision);
    if (await isIdClaimed(store, article.id)) throw new TakenError('/id', 'belongs to another article');
    const streams = [...streamsOf(article).keys()];
    const { plan } = await planWrites(store, {
      current,
      yielding,
      next: {
        ...{ article, status: 'gone', origin: 'content', reason, fileHash, derived: [], generation: 0 },
        ...{ firstStoredAt: now, startingViews: input.views },
      },
      left: leftAt === undefined ? undefined : { when: leftAt, ref: subscriberId(article), streams },
      ...{ html: undefined, body: undefined, hand: handOf({ origin: 'content' }), now },
    });
    return { plan, result: undefined };
  });
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
