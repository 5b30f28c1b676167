const blocks =
  /<\/?(?:blockquote|br|caption|dd|div|dl|dt|figcaption|figure|h\d|hr|li|ol|p|pre|section|table|td|th|tr|ul)\b[^>]*>/g;
const references: Record<string, string> = { '&lt;': '<', '&gt;': '>', '&quot;': '"', '&amp;': '&' };

/** The text of clean HTML on one line; clean HTML spells only these four characters as references. */
export function plainText(cleanHtml: string): string {
  return cleanHtml
    .replace(blocks, ' ')
    .replace(/<[^>]*>/g, '')
    .replace(/&(?:lt|gt|quot|amp);/g, (reference) => references[reference] ?? reference)
    .replace(/\s+/g, ' ')
    .trim();
}
