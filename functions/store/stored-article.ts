import { type Article, subscriberId } from '../article/article.ts';
import { streamsOf } from '../article/stream-name.ts';

/** A feed reader that was away for longer learns of a removal only from the page's 410. */
export const tombstoneDays = 90;
const maxFormerSlugs = 30;

/** An article as its record holds it (sort key META), with what is known beside it. */
export interface StoredArticle {
  article: Article;
  status: 'published' | 'draft' | 'gone';
  /** Grows by one with every write; cards carry it. */
  version: number;
  /** Who wrote it last. */
  origin: 'content' | 'api' | 'pull';
  /** Of an article that came with a feed. */
  upstream?: Upstream | undefined;
  /** Of the content file at its last import: an edit through the API stands until the file changes. */
  fileHash?: string | undefined;
  firstStoredAt: string;
  /** The last write, as its version tells it too; absent for one before these were kept. */
  changed?: { when: string; who?: string | undefined } | undefined;
  /** How many ids of this slug were taken before, by articles that were deleted or renamed. */
  generation: number;
  /** Fields that nobody gave: the next write without them derives them again. */
  derived: ('summary' | 'updatedAt')[];
  /** Why it was removed, if that was said. */
  reason?: string | undefined;
  /** The count that it came with; it is added once. */
  startingViews?: number | undefined;
  bodyChunks: number;
  /** Its old addresses that nobody names any more. They lead on until another article takes them. */
  formerSlugs?: string[] | undefined;
  /** Rows that hold the text as it was put; absent for one that was stored before these were kept. */
  versionChunks?: number | undefined;
  /** When all that told of it was taken out of the table; only for a removed article. */
  erasedAt?: string | undefined;
  /** When its embargo ends. */
  dueAt?: string | undefined;
  tombstone?: Tombstone | undefined;
}

/** What the feed of a source was when it last wrote the article. */
export interface Upstream {
  /** By which the source's feed knows the item, as pull's identityIn makes them. No other article can have one of them. */
  ids: string[];
  /** Of what the item said; not of an erased article. */
  hash?: string | undefined;
}

/** Stands in for an article that was visible, until the embargo of its next version ends (`until`). */
export interface Tombstone {
  when: string;
  /** The id that its feeds showed. */
  ref: string;
  streams: string[];
  until?: string | undefined;
}

/** All old addresses of an article: those named in it, and those that once were. */
export function oldSlugs({
  article,
  formerSlugs = [],
}: Pick<StoredArticle, 'article' | 'formerSlugs'>): string[] {
  return [...article.aliases, ...formerSlugs];
}

/** Those of its old addresses that its next text names no more. The oldest go when a rename would have too many to move. */
export function formerSlugsOf(current: StoredArticle, next: Article): string[] | undefined {
  const former = new Set(oldSlugs(current).filter((old) => old !== next.slug && !next.aliases.includes(old)));
  return former.size > 0 ? [...former].slice(0, maxFormerSlugs) : undefined;
}

/** The record of an old address. */
export interface Moved {
  movedTo: string;
}

export function isVisible(stored: Pick<StoredArticle, 'status' | 'article'>, now: string): boolean {
  return stored.status === 'published' && stored.article.publishedAt <= now;
}

/** Whether the API deleted it: what is put at its address next is a new article. */
export function isDeleted(stored: StoredArticle | undefined): boolean {
  return stored?.status === 'gone' && stored.origin === 'api';
}

/** `next` with its `tombstone` and `dueAt`: they follow from what readers could see before the write and can see after it. */
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
