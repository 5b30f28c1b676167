/** The stream of all articles. */
export const newsStream = 'news';

export interface NamedStream {
  name: string;
  /** As people read it. */
  label: string;
}

// With its kind before it, it is a sort key, of which DynamoDB takes 1,024 bytes. No label of 60 characters comes near to it.
const maxNameBytes = 1_000;

/** A label in NFC, lower case, its letters and digits of any script, with their marks, joined by `-`; '' when it has none or is too long. */
export function labelName(label: string): string {
  const words =
    label
      .normalize('NFC')
      .toLowerCase()
      .match(/[\p{L}\p{N}][\p{L}\p{M}\p{N}]*/gu) ?? [];
  const name = words.join('-').normalize('NFC');
  return Buffer.byteLength(name) > maxNameBytes ? '' : name;
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
