import { articlePath } from '../article/addresses.ts';
import { bodyHashOf } from '../article/article.ts';
import type { ArticleInput } from '../article/article-input.ts';
import { dayOf } from '../article/calendar.ts';
import { numbered, slugOfTitle } from '../article/slug-of-title.ts';
import { findSlugByGuid, readMetas } from '../store/read-article.ts';
import { TakenError } from '../store/transaction.ts';
import type { WriteBackend } from './backend.ts';
import { renderInput, type Saved, type Write, writeArticle } from './write-article.ts';

/** How many numbered addresses are read at once. */
const step = 10;
const mostNumbers = 2000;

/**
 * Stores an article under an address made of its title, with a number if that is taken. Safe to repeat: if the same text or guid is
 * stored already, that article is the answer. Throws as writeArticle does.
 */
export async function createArticle(
  backend: WriteBackend,
  input: ArticleInput,
  by: Pick<Write, 'origin' | 'who' | 'upstream' | 'onlyDrafts'>,
): Promise<Saved> {
  const base = slugOfTitle(input.title, dayOf(input.publishedAt ?? backend.now(), backend.timeZone));
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
