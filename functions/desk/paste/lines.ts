export type Marks = readonly Element[];

/** Signs that are more than text. */
export const leaves = 'math, ruby, sup.footnote-ref, a.footnote-backref';

export function marked(text: string, marks: Marks): Node | string {
  return marks.reduceRight<Node | string>(
    (inner, mark) => {
      const made = mark.cloneNode() as Element;
      made.append(inner);
      return made;
    },
    text.replace(/[ \t\r\n\f]+/g, ' '),
  );
}

/** Without white space and breaks at its ends, and without the signs that programs set for a second space; whether anything is left. */
export function tidyLine(line: Element): boolean {
  line.normalize();
  const walker = line.ownerDocument.createTreeWalker(line, NodeFilter.SHOW_TEXT);
  for (let text = walker.nextNode(); text; text = walker.nextNode())
    text.textContent = (text.textContent ?? '').replace(/[ \u00a0]{2,}/g, ' ');
  trim(line, 'firstChild', /^\s+/);
  trim(line, 'lastChild', /\s+$/);
  return line.hasChildNodes();
}

function trim(line: Node, side: 'firstChild' | 'lastChild', space: RegExp): void {
  for (let end = line[side]; end && isBlank(end); end = line[side]) end.remove();
  let end = line[side];
  while (end?.[side] && !(end instanceof Element && end.matches(leaves))) end = end[side];
  if (end?.nodeType === Node.TEXT_NODE) end.textContent = (end.textContent ?? '').replace(space, '');
}

function isBlank(node: Node): boolean {
  if (node instanceof Element && node.querySelector('math, ruby, sup, img')) return false;
  return node instanceof Element && /^(?:math|ruby)$/.test(node.localName)
    ? false
    : !/[^\s\u00a0\u200b\ufeff]/.test(node.textContent ?? '');
}
