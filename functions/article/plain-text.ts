const blocks =
  /<\/?(?:blockquote|br|caption|dd|details|div|dl|dt|figcaption|figure|h\d|hr|li|ol|p|pre|section|summary|table|td|th|tr|ul)\b[^>]*>/g;
// A text read on its own has no use for marks of notes, nor for the notes.
const footnotes = /<sup class="footnote-ref">.*?<\/sup>|<section class="footnotes">.*?<\/section>/gs;
const references: Record<string, string> = { '&lt;': '<', '&gt;': '>', '&quot;': '"', '&amp;': '&' };

/** The text of clean HTML on one line; clean HTML spells only these four characters as references. */
export function plainText(cleanHtml: string): string {
  return cleanHtml
    .replace(footnotes, ' ')
    .replace(blocks, ' ')
    .replace(/<[^>]*>/g, '')
    .replace(/&(?:lt|gt|quot|amp);/g, (reference) => references[reference] ?? reference)
    .replace(/\s+/g, ' ')
    .trim();
}
