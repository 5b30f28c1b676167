import type { Article } from '../article/article.ts';
import { newsStream } from '../article/stream-name.ts';
import { readNeighbours } from './cards.ts';
import type { Store } from './connection.ts';
import { readVisible } from './read-article.ts';
import { oldSlugs, type StoredArticle } from './stored-article.ts';

interface Here {
  /** The site's, which an article has that names none. */
  language: string;
  /** ISO 8601 in UTC with milliseconds. */
  now: string;
}

type Place = Pick<StoredArticle, 'article' | 'formerSlugs'>;

/** What an article's page shows of others, all of it visible now. */
export async function readRelated(store: Store, place: Place, here: Here) {
  const [neighbours, translations] = await Promise.all([
    readNeighbours(store, newsStream, place.article, here.now),
    readTranslations(store, place, here),
  ]);
  return { ...neighbours, translations };
}

/**
 * The visible articles that this one names as translations and that name it too: one per language, none in its own. Search engines
 * ignore an `hreflang` that is not returned, and nobody can present an article as a translation of somebody else's.
 */
async function readTranslations(
  store: Store,
  { article, formerSlugs = [] }: Place,
  here: Here,
): Promise<Article[]> {
  const named = (article.translations ?? []).map((slug) => ({ slug }));
  const found = await readVisible(store, { articles: named, now: here.now }, { ConsistentRead: false });
  const ours = new Set([article.slug, ...oldSlugs({ article, formerSlugs })]);
  const languageOf = ({ language = here.language }: Article) => language;
  const taken = new Set([languageOf(article)]);
  return found
    .map((stored) => stored.article)
    .filter(({ translations = [] }) => translations.some((slug) => ours.has(slug)))
    .filter((translation) => {
      const isFirst = !taken.has(languageOf(translation));
      taken.add(languageOf(translation));
      return isFirst;
    });
}
