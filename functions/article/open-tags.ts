import sanitizeHtml from 'sanitize-html';

const maxOpen = 1_000;

/**
 * A message when HTML opens more tags than it closes beyond all reason: each closing tag is looked for among all that are open, and
 * a megabyte of `<b>` takes the parser half a minute. It counts itself, for nobody else knows what to it is a tag, and what
 * only a part of a comment, an attribute or a script.
 */
export function findTooManyOpenTags(html: string): string | undefined {
  let open = 0;
  const onOpenTag = () => {
    open += 1;
    if (open > maxOpen) throw new Error('Too many tags are open');
  };
  const onCloseTag = () => {
    open -= 1;
  };
  try {
    sanitizeHtml(html, { allowedTags: [], onOpenTag, onCloseTag });
  } catch (error) {
    if (open <= maxOpen) throw error;
    return `leaves more than ${maxOpen.toLocaleString('en')} tags open`;
  }
  return undefined;
}
