/** The stream of all articles. */
export const newsStream = 'news';

// No label's name comes near to it, and DynamoDB takes no key of more than 2 KB.
const maxNameLength = 500;

/** A label in NFC, lower case, its letters and digits of any script, with their marks, joined by `-`; '' when it has none or too many. */
export function labelName(label: string): string {
  const words =
    label
      .normalize('NFC')
      .toLowerCase()
      .match(/[\p{L}\p{N}][\p{L}\p{M}\p{N}]*/gu) ?? [];
  const name = words.join('-').normalize('NFC');
  return name.length > maxNameLength ? '' : name;
}

/** The streams that list an article, each with the label people read: `news`, its category, its tags, its source. */
export function streamsOf(article: {
  category?: string | undefined;
  tags: string[];
  source?: { name: string } | undefined;
}): Map<string, string> {
  const labels: [string, string | undefined][] = [
    ['category', article.category],
    ...article.tags.map((tag): [string, string] => ['tag', tag]),
    ['source', article.source?.name],
  ];
  const streams = new Map([[newsStream, newsStream]]);
  for (const [kind, label] of labels) {
    if (label !== undefined) streams.set(`${kind}/${labelName(label)}`, label);
  }
  return streams;
}
