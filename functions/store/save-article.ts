import { isDeepStrictEqual } from 'node:util';
import { type Article, subscriberId } from '../article/article.ts';
import { reviseUnderFreeId } from './claim-id.ts';
import type { Store } from './connection.ts';
import { findFormerCounter } from './counter-expiry.ts';
import { fromAttributes, pack, toAttributes } from './item.ts';
import { readMetas } from './read-article.ts';
import { type DerivedField, type Moved, type StoredArticle, withVisibility } from './stored-article.ts';
import { findNewStreams } from './streams.ts';
import { commit, TakenError } from './transaction.ts';
import { planWrites } from './write-plan.ts';

export interface Save {
  slug: string;
  aliases: string[];
  html: string;
  views?: number | undefined;
  origin: StoredArticle['origin'];
  fileHash?: string | undefined;
  derived: DerivedField[];
  /** ISO 8601 in UTC with milliseconds. */
  now: string;
  /** The article as it shall be; `current` is what `id` and dates are decided by. May throw. */
  revise: (current: StoredArticle | undefined, generation: number) => Article;
  /** Sees what stands at the address, and whether nothing would change, before anything is written; what it throws stops the write. */
  guard?: ((current: StoredArticle | undefined, isUnchanged: boolean) => void) | undefined;
}

export interface Saved {
  outcome: 'created' | 'replaced' | 'unchanged';
  stored: StoredArticle;
}

/**
 * Stores an article in one transaction with all its rows. Naming another article's slug among the aliases renames it.
 * Nothing is written when nothing differs. Throws TakenError, TooLargeError, and what `revise` and `guard` throw.
 */
export async function saveArticle(store: Store, save: Save): Promise<Saved> {
  return commit<Saved>(store, async () => {
    const current = findCurrent(save, await readMetas(store, [save.slug, ...save.aliases]));
    // Deleted through the API, and so a new article under an old address: its own id, count and first storing.
    const reborn = current?.status === 'gone' && current.origin === 'api';
    const identity = reborn ? undefined : current;
    const { article, generation } = await reviseUnderFreeId(store, {
      revise: (generation) => save.revise(identity, generation),
      generation: (current?.generation ?? 0) + (reborn ? 1 : 0),
      ownId: current?.article.id,
    });

    const isUnchanged = identity !== undefined && isSame(identity, article, save);
    save.guard?.(current, isUnchanged);
    if (isUnchanged) return { plan: undefined, result: { outcome: 'unchanged', stored: identity } };

    // What a deleted article's successor may be given again: its id, with the starting count, or the guid that subscribers know.
    const sameId = current?.article.id === article.id;
    const known = current?.tombstone?.ref;
    const sameEntry = sameId || known === subscriberId(article);
    const leftover = reborn && sameId ? await findFormerCounter(store, article.id, save.now) : undefined;
    const traces = current && {
      ...current,
      tombstone: sameEntry ? current.tombstone : undefined,
      startingViews: sameId && !leftover?.isOver ? current.startingViews : undefined,
    };
    const sameBody = identity?.status !== 'gone' && identity?.article.bodyHash === article.bodyHash;
    const moves = identity?.article.slug !== save.slug;
    const chunks = sameBody && !moves ? undefined : pack(save.html);
    const next = withVisibility(
      {
        article,
        status: statusOf(article),
        version: (current?.version ?? 0) + 1,
        origin: save.origin,
        fileHash: save.fileHash ?? identity?.fileHash,
        firstStoredAt: identity?.firstStoredAt ?? save.now,
        generation,
        derived: save.derived,
        startingViews: traces?.startingViews ?? save.views,
        bodyChunks: chunks?.length ?? identity?.bodyChunks ?? 0,
      },
      traces,
      save.now,
    );
    const newStreams = await findNewStreams(store, next);
    return {
      plan: planWrites(store, { current: traces, next, chunks, newStreams, leftover, known }),
      result: { outcome: identity ? 'replaced' : 'created', stored: next },
    };
  });
}

function findCurrent({ slug, aliases }: Save, metas: Map<string, StoredArticle | Moved>) {
  const own = metas.get(slug);
  const renamed = aliases.flatMap((alias) => {
    const meta = metas.get(alias);
    return meta && !('movedTo' in meta) ? [meta] : [];
  });
  const [source, second] = renamed;
  if (second) throw new TakenError('/aliases', `${second.article.slug} is the address of another article`);
  if (!own) return source;
  if ('movedTo' in own) {
    if (own.movedTo === source?.article.slug) return source;
    throw new TakenError('/slug', `is an old address of ${own.movedTo}`);
  }
  if (source) throw new TakenError('/aliases', `${source.article.slug} is the address of another article`);
  return own;
}

function statusOf({ draft }: Article) {
  return draft ? ('draft' as const) : ('published' as const);
}

function isSame(stored: StoredArticle, article: Article, { fileHash, views }: Save): boolean {
  const normal = fromAttributes(toAttributes(article));
  return (
    stored.status === statusOf(article) &&
    (fileHash === undefined || fileHash === stored.fileHash) &&
    (views === undefined || stored.startingViews !== undefined) &&
    isDeepStrictEqual(normal, stored.article)
  );
}
