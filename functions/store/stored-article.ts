import { type Article, subscriberId } from '../article/article.ts';
import { streamsOf } from '../article/stream-name.ts';

/** Feed readers that were away longer than this learn of a removal from the page's 410 alone. */
export const tombstoneDays = 90;

/** An article as its META item holds it, with what the backend knows beyond the article. */
export interface StoredArticle {
  article: Article;
  status: 'published' | 'draft' | 'gone';
  /** Moves by one with every write; every derived row carries it. */
  version: number;
  /** Who wrote it last. */
  origin: 'content' | 'api';
  /** Of the content file at its last import: an edit from elsewhere stands until the file itself changes. */
  fileHash?: string | undefined;
  firstStoredAt: string;
  /** How many ids like its own were taken before: by articles of this slug that were deleted, or that moved on. */
  generation: number;
  /** Fields that nobody gave: a next write without them makes them anew. */
  derived: DerivedField[];
  /** The count it came with, taken once. */
  startingViews?: number | undefined;
  bodyChunks: number;
  /** The moment an embargo ends, for the sweep. */
  dueAt?: string | undefined;
  tombstone?: Tombstone | undefined;
}

export type DerivedField = 'summary' | 'updatedAt';

/** Left where a visible article was; void from `until` on, when the article is to be seen again. */
export interface Tombstone {
  when: string;
  /** The id that subscribers knew. */
  ref: string;
  streams: string[];
  until?: string | undefined;
}

/** META of a slug that is an alias. */
export interface Moved {
  movedTo: string;
}

export function isVisible(stored: Pick<StoredArticle, 'status' | 'article'>, now: string): boolean {
  return stored.status === 'published' && stored.article.publishedAt <= now;
}

/** By the API: what is put at its address next is a new article. */
export function isDeleted(stored: StoredArticle | undefined): boolean {
  return stored?.status === 'gone' && stored.origin === 'api';
}

/** The article with the `tombstone` and `dueAt` that follow from what readers could see before the write, and can after it. */
export function withVisibility(
  next: StoredArticle,
  current: StoredArticle | undefined,
  now: string,
): StoredArticle {
  const { dueAt: _, tombstone: __, ...rest } = next;
  if (isVisible(next, now)) return rest;
  const dueAt = next.status === 'published' ? next.article.publishedAt : undefined;
  const left =
    current && isVisible(current, now)
      ? { when: now, ref: subscriberId(current.article), streams: [...streamsOf(current.article).keys()] }
      : current?.tombstone;
  return {
    ...rest,
    ...(dueAt && { dueAt }),
    ...(left && { tombstone: { ...left, until: dueAt } }),
  };
}
