import type { Article } from '../article/article.ts';
import type { Backend } from '../feed/backend.ts';
import { readVisible } from '../store/read-article.ts';

/**
 * The articles that readers may see, in languages other than its own, one each, that name this one as it names them: search engines
 * heed no `hreflang` that is not returned, and so nobody's article can pass for another's.
 */
export async function readTranslations(
  { store, context, now }: Backend,
  article: Article,
): Promise<Article[]> {
  const named = (article.translations ?? []).map((slug) => ({ slug }));
  const found = await readVisible(store, { articles: named, now: now() }, { ConsistentRead: false });
  const ours = new Set([article.slug, ...article.aliases]);
  const languageOf = ({ language = context.site.language }: Article) => language;
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
