import { createHash } from 'node:crypto';
import { bodyHashOf } from '../article/article.ts';
import type { ArticleInput } from '../article/article-input.ts';
import { dayOf } from '../article/calendar.ts';
import { renderBody } from '../article/render-body.ts';
import { findSlugByGuid } from '../store/claim-id.ts';
import { readMetas } from '../store/read-article.ts';
import type { Saved } from '../store/save-article.ts';
import type { Moved, StoredArticle } from '../store/stored-article.ts';
import { TakenError } from '../store/transaction.ts';
import { type WriteBackend, writeArticle } from './write-article.ts';

/** How many numbered addresses are looked at together. */
const step = 10;
const mostNumbers = 2000;

/**
 * Stores an article under an address made of its title, numbered when that is taken. Safe to repeat: an article that is there
 * already, word for word or by its guid, is answered as it stands. Throws as writeArticle does.
 */
export async function createArticle(backend: WriteBackend, input: ArticleInput): Promise<Saved> {
  const base = slugFor(input.title, input.publishedAt ?? backend.now(), backend.timeZone);
  for (let first = 1; first <= mostNumbers; first += step) {
    const slugs = Array.from({ length: step }, (_, index) => numbered(base, first + index));
    const metas = await readMetas(backend.store, slugs);
    for (const slug of slugs.filter((slug) => isFreeOrSame(backend, slug, input, metas.get(slug)))) {
      const saved = (await findKnown(backend, input)) ?? (await tryAddress(backend, slug, input));
      if (saved) return saved;
    }
  }
  throw new TakenError(
    '/title',
    `has given ${mostNumbers} articles their address: change it, or choose one by PUT`,
  );
}

function numbered(base: string, number: number): string {
  return number === 1 ? base : `${base}-${number}`;
}

// An address once used keeps what it said, that of a gone article too.
function isFreeOrSame(
  { baseUrl }: WriteBackend,
  slug: string,
  input: ArticleInput,
  meta: StoredArticle | Moved | undefined,
): boolean {
  if (!meta) return true;
  if ('movedTo' in meta || meta.status === 'gone' || meta.article.title !== input.title) return false;
  return bodyHashOf(renderBody(input, { baseUrl, slug })) === meta.article.bodyHash;
}

/** Undefined when another article was there, or came, first. */
async function tryAddress(
  backend: WriteBackend,
  slug: string,
  input: ArticleInput,
): Promise<Saved | undefined> {
  const guard = (current: StoredArticle | undefined, isUnchanged: boolean) => {
    if (current && !isUnchanged) throw new TakenError('/slug', 'is the address of another article');
  };
  try {
    return await writeArticle(backend, { slug, input, origin: 'api', guard });
  } catch (error) {
    if (error instanceof TakenError && error.pointer === '/slug') return undefined;
    // Who was quicker with this guid is found now; if not, it is taken for good.
    const known =
      error instanceof TakenError && error.pointer === '/guid' && (await findKnown(backend, input));
    if (known) return known;
    throw error;
  }
}

async function findKnown(
  { store }: WriteBackend,
  { guid, source }: ArticleInput,
): Promise<Saved | undefined> {
  const slug = guid === undefined ? undefined : await findSlugByGuid(store, guid, source?.name);
  const stored = slug === undefined ? undefined : (await readMetas(store, [slug])).get(slug);
  return stored && !('movedTo' in stored) ? { outcome: 'unchanged', stored } : undefined;
}

// Leaves room for a number behind it.
const maxLength = 90;

/** An address from the ASCII letters of a title; of a title without any from the day (`yyyymmdd`) and a hash, so that the same title gets the same. */
export function slugFor(title: string, publishedAt: string, timeZone: string): string {
  const words = title
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .match(/[a-z0-9]+/g);
  if (words?.some((word) => /[a-z]/.test(word))) return shorten(words.join('-'));
  const day = dayOf(publishedAt, timeZone).replaceAll('-', '');
  return `${day}-${createHash('sha256').update(title).digest('hex').slice(0, 6)}`;
}

function shorten(slug: string): string {
  if (slug.length <= maxLength) return slug;
  const start = slug.slice(0, maxLength + 1);
  return start.slice(0, Math.max(start.lastIndexOf('-'), 0)) || slug.slice(0, maxLength);
}
