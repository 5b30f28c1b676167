/** The text of a content file with these lines of front matter beside title and date. */
export function contentFile(title: string, ...fields: string[]): string {
  const lines = [
    '---',
    `title: ${title}`,
    'publishedAt: 2026-05-01T16:00:00+08:00',
    ...fields,
    '---',
    'Text',
  ];
  return lines.join('\n');
}
