const markdownLink = /\[([^\][]+)\]\(([^()\s]+)\)/g;

/** The texts of a line of site.yaml's `footer`, in order, with the addresses that they link to in Markdown. */
export function partsOf(line: string): { text: string; url?: string | undefined }[] {
  const parts = line.split(markdownLink);
  // Between two texts stand the label and the address of a link.
  return parts.flatMap((text, index) =>
    index % 3 === 2 || text === '' ? [] : [{ text, url: index % 3 === 1 ? parts[index + 1] : undefined }],
  );
}
