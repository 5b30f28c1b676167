import { styleOf } from './styles.ts';

interface Item {
  /** From 1. */
  level: number;
  isOrdered: boolean;
  start: number;
  content: Node[];
}

/** Word writes lists as paragraphs with a sign before the text, and its online edition each item as a list of its own. */
export function joinLists(body: HTMLElement): void {
  for (const first of [...body.querySelectorAll('p, div')]) {
    if (!first.isConnected || wordLevel(first) === undefined) continue;
    const items: Item[] = [];
    const parts: Element[] = [];
    for (
      let next: Element | null = first;
      next && wordLevel(next) !== undefined;
      next = next.nextElementSibling
    ) {
      parts.push(next);
      items.push(wordItem(next, wordLevel(next) ?? 1));
    }
    replace(parts, items);
  }
  // What is left numbers headings.
  for (const sign of body.querySelectorAll('[data-style]'))
    if (styleOf(sign, 'mso-list') === 'ignore') sign.remove();

  for (const item of [...body.querySelectorAll('li[data-aria-level]')]) {
    const first = wrapperOf(item, body);
    if (!item.isConnected || !first) continue;
    const parts: Element[] = [];
    for (let next: Element | null = first; next && isLeveled(next); next = next.nextElementSibling)
      parts.push(next);
    const leveled = parts.flatMap((part) => [...part.querySelectorAll('li[data-aria-level]')]);
    replace(
      parts,
      leveled.map((one) => ({
        level: Number(one.getAttribute('data-aria-level')) || 1,
        isOrdered: one.parentElement?.localName === 'ol',
        start: Number(one.getAttribute('data-aria-posinset')) || 1,
        content: [...one.childNodes],
      })),
    );
  }
}

function wordLevel(element: Element): number | undefined {
  const level = /\blevel(\d)/.exec(styleOf(element, 'mso-list'))?.[1];
  return level === undefined ? undefined : Number(level);
}

function wordItem(paragraph: Element, level: number): Item {
  const sign = [...paragraph.querySelectorAll('span')].find((span) => styleOf(span, 'mso-list') === 'ignore');
  const text = sign?.textContent?.replace(/[\s\u00a0]+/g, '') ?? '';
  sign?.remove();
  const isOrdered = /^\(?(?:\d+|[a-z]{1,2}|[ivxlc]+)(?:[.)．、]|\.\d+\.?)+$/i.test(text);
  return { level, isOrdered, start: Number.parseInt(text, 10) || 1, content: [...paragraph.childNodes] };
}

/** The list, or what wraps it alone. */
function wrapperOf(item: Element, body: Element): Element | undefined {
  let wrapper = item.parentElement?.closest('ul, ol') ?? undefined;
  while (
    wrapper?.parentElement &&
    wrapper.parentElement !== body &&
    wrapper.parentElement.childElementCount === 1
  )
    wrapper = wrapper.parentElement;
  return wrapper;
}

function isLeveled(element: Element): boolean {
  const items = [...element.querySelectorAll('li')];
  return (
    items.length > 0 && items.every((item) => item.hasAttribute('data-aria-level')) && !element.matches('li')
  );
}

function replace(parts: Element[], items: Item[]): void {
  const [first] = parts;
  if (first) first.replaceWith(...nest(first.ownerDocument, items));
  for (const part of parts) part.remove();
}

function nest(document: Document, items: Item[]): Element[] {
  const roots: Element[] = [];
  const open: Element[] = [];
  for (const { level, isOrdered, start, content } of items) {
    const tag = isOrdered ? 'ol' : 'ul';
    // A level that is left out on the way down is no list.
    const depth = Math.min(level, open.length + 1);
    open.length = Math.min(open.length, depth);
    if (open.length === depth && open.at(-1)?.localName !== tag) open.pop();
    if (open.length < depth) {
      const list = document.createElement(tag);
      if (isOrdered && start > 1) list.setAttribute('start', String(start));
      const parent = open.at(-1)?.lastElementChild;
      if (parent) parent.append(list);
      else roots.push(list);
      open.push(list);
    }
    const made = document.createElement('li');
    made.append(...content);
    open.at(-1)?.append(made);
  }
  return roots;
}
