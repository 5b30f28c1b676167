import type { Article } from './article.ts';
import { textTags } from './messages/text-tags.ts';
import type { Site } from './site.ts';

/** The stream of all articles that were corrected. */
export const correctionsStream = 'corrections';

/** What feeds say themselves, in English. */
export const feedWords = { title: 'Corrections', one: 'Correction', source: 'Source: ' };

const feedWordsByLanguage = new Map([
  ['en', feedWords],
  ['ar', { title: 'التصويبات', one: 'تصويب', source: 'المصدر: ' }],
  ['de', { title: 'Korrekturen', one: 'Korrektur', source: 'Quelle: ' }],
  ['es', { title: 'Correcciones', one: 'Corrección', source: 'Fuente: ' }],
  ['fr', { title: 'Rectificatifs', one: 'Rectificatif', source: 'Source : ' }],
  ['ja', { title: '訂正', one: '訂正', source: '出典：' }],
  ['pt', { title: 'Correções', one: 'Correção', source: 'Fonte: ' }],
  ['zh', { title: '更正', one: '更正', source: '来源：' }],
]);

/** The same in the site's language, or in English. */
export function ownWords({ language, messages = {} }: Pick<Site, 'language' | 'messages'>): typeof feedWords {
  const special = textTags(language).flatMap((tag) => [
    feedWordsByLanguage.get(tag),
    messages[tag]?.feedWords,
  ]);
  return Object.assign({}, feedWords, ...special);
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
