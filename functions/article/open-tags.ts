const maxOpen = 10_000;
// These close themselves or each other.
const selfClosing = new Set(
  'area base br col dd dt embed hr img input li link meta option p param source td th tr track wbr'.split(
    ' ',
  ),
);

/**
 * A message when HTML opens more tags than it closes beyond all reason: the parser's time grows with the square of the open
 * ones, and a megabyte of `<b>` takes it half a minute.
 */
export function findTooManyOpenTags(html: string): string | undefined {
  const open = new Map<string, number>();
  let total = 0;
  for (const [, slash, written = ''] of html.matchAll(/<(\/?)([a-z][^\s/>]*)/gi)) {
    const name = written.toLowerCase();
    const count = open.get(name) ?? 0;
    if (selfClosing.has(name) || (slash && count === 0)) continue;
    const step = slash ? -1 : 1;
    open.set(name, count + step);
    total += step;
    if (total > maxOpen) return `leaves more than ${maxOpen.toLocaleString('en')} tags open`;
  }
  return undefined;
}
