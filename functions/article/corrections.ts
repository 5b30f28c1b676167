import type { Article } from './article.ts';
import type { Site } from './site.ts';

/** The stream of all articles that were corrected. */
export const correctionsStream = 'corrections';

const english = { title: 'Corrections', one: 'Correction', source: 'Source: ' };
const chinese: typeof english = { title: '更正', one: '更正', source: '来源：' };

/** What feeds say themselves, in the site's language or in English. */
export function ownWords({ language }: Pick<Site, 'language'>): typeof english {
  const { language: spoken, script } = new Intl.Locale(language).maximize();
  return spoken === 'zh' && script === 'Hans' ? chinese : english;
}

/** The newest first. */
export function correctionsOf({ corrections = [] }: Pick<Article, 'corrections'>) {
  return corrections.toSorted((a, b) => (a.at > b.at ? -1 : 1));
}

/** The article's place in the stream of corrections: its last one, or its publication after that; undefined if there is none. */
export function correctedAt({
  corrections,
  publishedAt,
}: Pick<Article, 'corrections' | 'publishedAt'>): string | undefined {
  const [last] = correctionsOf({ corrections });
  return last && (last.at > publishedAt ? last.at : publishedAt);
}
