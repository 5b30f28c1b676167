// The rules of names and ids, written once more: the checker shares no code with what it checks.

/** RFC 3987, as far as `URL` does not know it: these characters stand in no IRI. */
export function isIri(text: string): boolean {
  if ([...text].some((character) => character.trim() === '' || '<>"{}|\\^`'.includes(character)))
    return false;
  try {
    return new URL(text).protocol !== '';
  } catch {
    return false;
  }
}

/** A label's letters and digits in lower case, with their marks; whatever else stands between them is one hyphen. */
export function labelName(label: string): string {
  let name = '';
  let isWord = false;
  for (const character of label.normalize('NFC').toLowerCase()) {
    const starts = /^[\p{L}\p{N}]$/u.test(character);
    if (starts && !isWord && name !== '') name += '-';
    const belongs = /^\p{M}$/u.test(character) || (/^[+#]$/.test(character) && /[\p{L}\p{M}+#]$/u.test(name));
    isWord = starts || (isWord && belongs);
    if (isWord) name += character;
  }
  const normal = name.normalize('NFC');
  return Buffer.from(normal).length <= 1000 ? normal : '';
}

interface Labelled {
  category?: string | undefined;
  tags: string[];
  source?: { name: string } | undefined;
  corrections?: unknown[] | undefined;
}

/** The streams that an article stands in. */
export function streamsOf({ category, tags, source, corrections = [] }: Labelled): Set<string> {
  const labels = [
    ...(category === undefined ? [] : [['category', category]]),
    ...tags.map((tag) => ['tag', tag]),
    ...(source === undefined ? [] : [['source', source.name]]),
  ];
  const own = corrections.length > 0 ? ['news', 'corrections'] : ['news'];
  return new Set([...own, ...labels.map(([kind, label = '']) => `${kind}/${labelName(label)}`)]);
}
