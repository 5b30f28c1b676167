import { escapeHtml } from '../../../../functions/pull/feed-html.ts';
import { type JsonObject, objectOf, objectsOf } from '../../../../functions/pull/feed-json.ts';
import type { ChangeNotes } from '../change-notes.ts';
import { cardHtml, textOf } from './cards.ts';

// The bits of a text node's format, from the lowest.
const formats = ['strong', 'em', 's', 'u', 'code', 'sub', 'sup', 'mark'];
const deepest = 100;

type Writer = (node: JsonObject, inside: () => string) => string;

const block =
  (name: string): Writer =>
  (_, inside) =>
    wrap(name, inside());
const heading: Writer = ({ tag }, inside) =>
  wrap(/^h[1-6]$/.test(textOf(tag)) ? textOf(tag) : 'h2', inside());
const anchor: Writer = ({ url }, inside) =>
  textOf(url) ? `<a href="${escapeHtml(textOf(url))}">${inside()}</a>` : inside();

const writers: Record<string, Writer> = {
  paragraph: block('p'),
  heading,
  'extended-heading': heading,
  quote: block('blockquote'),
  'extended-quote': block('blockquote'),
  aside: block('blockquote'),
  list: ({ listType, tag, start }, inside) => {
    const isOrdered = listType === 'number' || tag === 'ol';
    const first = isOrdered && typeof start === 'number' && start !== 1 ? ` start="${start}"` : '';
    return isOrdered ? `<ol${first}>${inside()}</ol>` : `<ul>${inside()}</ul>`;
  },
  listitem: (_, inside) => inside(),
  link: anchor,
  autolink: anchor,
  'at-link': anchor,
  linebreak: () => '<br>',
  tab: () => ' ',
  text: writeText,
  'extended-text': writeText,
  'code-highlight': writeText,
  tk: writeText,
  table: block('table'),
  tablerow: block('tr'),
  tablecell: ({ headerState }, inside) =>
    `<${headerState ? 'th' : 'td'}>${inside()}</${headerState ? 'th' : 'td'}>`,
};

/** The HTML of a Lexical document, as Ghost 5 and later keep texts; undefined for what is none. */
export function lexicalHtml(written: string, notes: ChangeNotes): string | undefined {
  const { root } = objectOf(parsed(written));
  return Array.isArray(objectOf(root).children) ? writeChildren(objectOf(root), notes, 0) : undefined;
}

/** Undefined for what is no JSON. */
export function parsed(written: string): unknown {
  try {
    return JSON.parse(written);
  } catch {
    return undefined;
  }
}

function writeNode(node: JsonObject, notes: ChangeNotes, depth: number): string {
  if (depth > deepest) {
    notes.add(`what is nested more than ${deepest} times is left out`);
    return '';
  }
  const inside = () => writeChildren(node, notes, depth + 1);
  const type = textOf(node.type);
  const write = Object.hasOwn(writers, type) ? writers[type] : undefined;
  if (write) return write(node, inside);
  if (!Array.isArray(node.children)) return cardHtml(type, node, notes);
  notes.add(`of the unknown node [${type}] only the text is taken`);
  return `<div>${inside()}</div>`;
}

function writeChildren({ children }: JsonObject, notes: ChangeNotes, depth: number): string {
  const parts: string[] = [];
  let isInItem = false;
  for (const child of objectsOf(children)) {
    const written = writeNode(child, notes, depth);
    const isItem = child.type === 'listitem';
    // A list within a list stands in an item of its own, behind the one that it belongs to.
    const isNested = isItem && isInItem && objectsOf(child.children)[0]?.type === 'list';
    if (isInItem && !isNested) parts.push('</li>');
    if (isItem && !isNested) parts.push('<li>');
    parts.push(written);
    isInItem = isItem;
  }
  return parts.join('') + (isInItem ? '</li>' : '');
}

function writeText({ text, format }: JsonObject): string {
  const bits = typeof format === 'number' ? format : 0;
  return formats.reduce(
    (html, name, bit) => (bits & (1 << bit) ? `<${name}>${html}</${name}>` : html),
    escapeHtml(textOf(text)),
  );
}

/** Editors leave empty paragraphs as space. */
function wrap(name: string, inside: string): string {
  return inside.trim() === '' ? '' : `<${name}>${inside}</${name}>`;
}
