import { createHash } from 'node:crypto';
import { articlePath } from '../article/addresses.ts';
import { bodyHashOf } from '../article/article.ts';
import type { ArticleInput } from '../article/article-input.ts';
import { dayOf } from '../article/calendar.ts';
import { findSlugByGuid, readMetas } from '../store/read-article.ts';
import { TakenError } from '../store/transaction.ts';
import type { WriteBackend } from './backend.ts';
import { renderInput, type Saved, type Write, writeArticle } from './write-article.ts';

/** How many numbered addresses are read at once. */
const step = 10;
const mostNumbers = 2000;
// Leaves room for a number.
const maxSlugBase = 90;

/**
 * Stores an article under an address made of its title, with a number if that is taken. Safe to repeat: if the same text or guid is
 * stored already, that article is the answer. Throws as writeArticle does.
 */
export async function createArticle(
  backend: WriteBackend,
  input: ArticleInput,
  by: Pick<Write, 'origin' | 'who' | 'upstream'>,
): Promise<Saved> {
  const base = slugFor(input.title, input.publishedAt ?? backend.now(), backend.timeZone);
  const render = (slug: string) => renderInput(backend, slug, input);
  const first = await render(base);
  // The body depends on its address only through links that are relative to the article's own page.
  const bodyAt = first.html.includes(articlePath(base)) ? render : () => first;
  for (let number = 1; number <= mostNumbers; number += step) {
    const slugs = Array.from({ length: step }, (_, index) => numbered(base, number + index));
    const metas = await readMetas(backend.store, slugs);
    for (const slug of slugs) {
      const meta = metas.get(slug);
      // A used address is not given to another text, even after its article is removed.
      if (meta && ('movedTo' in meta || meta.status === 'gone' || meta.article.title !== input.title))
        continue;
      const body = await bodyAt(slug);
      if (meta && bodyHashOf(body.html) !== meta.article.bodyHash) continue;
      const saved =
        (await findKnown(backend, input)) ?? (await tryAddress(backend, { slug, input, body, ...by }));
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

/** Undefined if the address belongs to another article. */
async function tryAddress(backend: WriteBackend, write: Write): Promise<Saved | undefined> {
  try {
    return await writeArticle(backend, { ...write, onlyNew: true });
  } catch (error) {
    if (!(error instanceof TakenError)) throw error;
    if (error.pointer === '/slug') return undefined;
    // Another request may just have stored this guid; otherwise it belongs to another article.
    const known = error.pointer === '/guid' && (await findKnown(backend, write.input));
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

// Latin letters that are no letter with a mark, as all others are.
const spelled: Record<string, string> = {
  ...{
    ß: 'ss',
    æ: 'ae',
    œ: 'oe',
    ø: 'o',
    đ: 'd',
    ð: 'd',
    þ: 'th',
    ł: 'l',
    ı: 'i',
    ħ: 'h',
    ŋ: 'ng',
    ŧ: 't',
    ƒ: 'f',
  },
};

/** The ASCII letters and digits of a title; for a title without letters the day (`yyyymmdd`) and a hash, so that the same title gets the same. */
function slugFor(title: string, publishedAt: string, timeZone: string): string {
  const words = title
    .toLowerCase()
    .replace(/[ßæœøđðþłıħŋŧƒ]/g, (letter) => spelled[letter] ?? '')
    .normalize('NFKD')
    .replace(/\p{M}|(?<=[a-z0-9])['’ʼ‘`´′＇]+(?=[a-z0-9])/gu, '')
    .match(/[a-z0-9]+/g);
  if (words?.some((word) => /[a-z]/.test(word))) return shorten(words.join('-'));
  const day = dayOf(publishedAt, timeZone).replaceAll('-', '');
  return `${day}-${createHash('sha256').update(title).digest('hex').slice(0, 6)}`;
}

function shorten(slug: string): string {
  if (slug.length <= maxSlugBase) return slug;
  const start = slug.slice(0, maxSlugBase + 1);
  return start.slice(0, Math.max(start.lastIndexOf('-'), 0)) || slug.slice(0, maxSlugBase);
}
