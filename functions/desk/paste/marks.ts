import { allowedAttributes } from '../body/allowed.ts';
import { styleOf } from './styles.ts';

const byTag: Record<string, string> = {
  b: 'strong',
  strong: 'strong',
  i: 'em',
  em: 'em',
  strike: 's',
  s: 's',
  del: 's',
  tt: 'code',
};
const kept = new Set('abbr bdi bdo cite code dfn kbd mark q samp small sub sup time var'.split(' '));

/** The marks of text within the element: those around it, changed by its tag and its style. */
export function marksWithin(element: Element, around: readonly Element[]): Element[] {
  const document = element.ownerDocument;
  const name = element.localName;
  let marks = [...around];
  const set = (tag: string, isOn: boolean, attributes: Record<string, string> = {}) => {
    marks = marks.filter((mark) => mark.localName !== tag);
    if (!isOn) return;
    const mark = document.createElement(tag);
    for (const [key, value] of Object.entries(attributes)) mark.setAttribute(key, value);
    marks.push(mark);
  };
  const tag = byTag[name] ?? (kept.has(name) ? name : undefined);
  if (tag) set(tag, true, allowedAttributes(tag, pick(element, ['title', 'datetime'])));
  if (name === 'a') {
    const { href } = allowedAttributes('a', { href: addressOf(element.getAttribute('href') ?? '') });
    if (href) set('a', true, { href, ...allowedAttributes('a', pick(element, ['hreflang', 'title'])) });
  }
  const weight = styleOf(element, 'font-weight');
  if (weight) set('strong', /bold|[6-9]\d\d/.test(weight));
  const slant = styleOf(element, 'font-style');
  if (slant) set('em', /italic|oblique/.test(slant));
  const decoration = styleOf(element, 'text-decoration') || styleOf(element, 'text-decoration-line');
  if (decoration) set('s', decoration.includes('line-through'));
  const height = styleOf(element, 'vertical-align');
  if (height === 'super' || height === 'sub') set(height === 'super' ? 'sup' : 'sub', true);
  return marks;
}

function pick(element: Element, names: string[]): Record<string, string> {
  return Object.fromEntries(
    names.flatMap((name) => [[name, element.getAttribute(name) ?? '']]).filter(([, value]) => value),
  );
}

/** Google wraps links; those to a place within the other document, or to a file of the writer's machine, lead nowhere here. */
function addressOf(written: string): string {
  const url = URL.canParse(written) ? new URL(written) : undefined;
  if (!url) return '';
  const target = url.searchParams.get('q') ?? url.searchParams.get('url') ?? '';
  const isWrapped = /^www\.google\.[a-z.]+$/.test(url.hostname) && url.pathname === '/url';
  const address = isWrapped && /^https?:/.test(target) ? target : written;
  return /^(?:https?|mailto|tel):/i.test(address) ? address : '';
}
