import { isDeepStrictEqual } from 'node:util';
import { finishReplaced, readReplaced, readShowing, readShown } from '../store/pictures.ts';
import { planWrites } from '../store/plan-writes.ts';
import { findArticle } from '../store/read-article.ts';
import { commit } from '../store/transaction.ts';
import { readWritten, wayOf } from '../store/versions.ts';
import type { WriteBackend } from './backend.ts';

/**
 * Has the articles that show a replaced picture show what it is now, each in a transaction of its own, and returns their slugs. What fails
 * or is left is tried again by the next call; it throws the first failure when all have been tried.
 */
export async function showReplaced(backend: WriteBackend, mayGoOn: () => boolean): Promise<string[]> {
  const { store } = backend;
  const done: string[] = [];
  const failures: unknown[] = [];
  const notes = await readReplaced(store);
  if (notes.length === 0) return done;
  const showing = await readShowing(
    store,
    notes.map(({ name }) => name),
  );
  for (const note of notes) {
    const before = failures.length;
    for (const slug of showing.get(note.name) ?? []) {
      if (!mayGoOn()) return done;
      await showAgain(backend, slug).then(
        (isChanged) => isChanged && done.push(slug),
        (error) => failures.push(error),
      );
    }
    if (failures.length === before) await finishReplaced(store, note);
  }
  if (failures.length > 0) throw failures[0];
  return done;
}

/** Its text stays, and so does the time of its last update: readers have no news. */
function showAgain(backend: WriteBackend, slug: string): Promise<boolean> {
  const { store } = backend;
  const now = backend.now();
  return commit(store, async () => {
    const found = await findArticle(store, slug);
    const nothing = { plan: undefined, result: false };
    if (!found || 'movedTo' in found || found.status === 'gone') return nothing;
    const { html, ...current } = found;
    const image = current.article.image?.url;
    const pictures = await readShown(store, { html, image, deployed: backend.media });
    if (isDeepStrictEqual(pictures, current.article.pictures)) return nothing;
    const { plan } = await planWrites(store, {
      current,
      next: { ...current, article: { ...current.article, pictures } },
      html,
      body: (await readWritten(store, slug, current.version)) ?? { html },
      hand: { who: 'a replaced picture', way: wayOf(current.origin) },
      now,
    });
    return { plan, result: true };
  });
}
