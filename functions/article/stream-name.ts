import type { Article, Card } from './article.ts';
import { correctionsStream } from './corrections.ts';

/** The stream of all articles. */
export const newsStream = 'news';

export interface NamedStream {
  name: string;
  /** As people read it. */
  label: string;
}

// Together with its kind it is a sort key, for which DynamoDB allows 1,024 bytes; real labels of 60 characters are far shorter.
const maxNameBytes = 1_000;

/** The label in NFC and lower case, its words joined by hyphens; `+` and `#` behind a letter belong to it, as in C++; '' if it has no letter or digit of any script, or is too long. */
export function labelName(label: string): string {
  const words =
    label
      .normalize('NFC')
      .toLowerCase()
      .match(/[\p{L}\p{N}](?:[\p{L}\p{M}\p{N}]|(?<=[\p{L}\p{M}+#])[+#])*/gu) ?? [];
  const name = words.join('-').normalize('NFC');
  return Buffer.byteLength(name) > maxNameBytes ? '' : name;
}

/** The streams that list an article, each with its label: `news`, its category, tags and source, and the corrections if it has any. */
export function streamsOf(
  article: Pick<Card, 'category' | 'tags' | 'source'> & Pick<Article, 'corrections'>,
): Map<string, string> {
  const labels: [string, string | undefined][] = [
    ['category', article.category],
    ...article.tags.map((tag): [string, string] => ['tag', tag]),
    ['source', article.source?.name],
  ];
  const streams = new Map([[newsStream, newsStream]]);
  if (article.corrections?.length) streams.set(correctionsStream, correctionsStream);
  for (const [kind, label] of labels) {
    if (label !== undefined) streams.set(`${kind}/${labelName(label)}`, label);
  }
  return streams;
}
