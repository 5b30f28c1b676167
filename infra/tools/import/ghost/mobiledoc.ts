import { escapeHtml } from '../../../../functions/pull/feed-html.ts';
import { objectOf } from '../../../../functions/pull/feed-json.ts';
import type { ChangeNotes } from '../change-notes.ts';
import { cardHtml, textOf } from './cards.ts';
import { parsed } from './lexical.ts';

const inline = new Set('a b code del em i mark s strike strong sub sup u'.split(' '));
const blocks = 'p h1 h2 h3 h4 h5 h6 blockquote ul ol'.split(' ');

interface Document {
  markups: unknown[];
  atoms: unknown[];
  cards: unknown[];
  notes: ChangeNotes;
}

/** The HTML of a mobiledoc 0.3 document, as Ghost 1 to 5 keep texts; undefined for what is none. */
export function mobiledocHtml(written: string, notes: ChangeNotes): string | undefined {
  const { sections, markups, atoms, cards } = objectOf(parsed(written));
  if (!Array.isArray(sections)) return undefined;
  const document = { markups: listOf(markups), atoms: listOf(atoms), cards: listOf(cards), notes };
  return sections.map((section) => sectionHtml(listOf(section), document)).join('');
}

function sectionHtml([kind, tag, content]: unknown[], document: Document): string {
  const written = textOf(tag)
    .toLowerCase()
    .replace(/^(?:aside|pull-quote)$/, 'blockquote');
  const name = blocks.includes(written) ? written : 'p';
  if (kind === 1) {
    const text = markersHtml(listOf(content), document);
    return text.trim() && `<${name}>${text}</${name}>`;
  }
  if (kind === 2) return textOf(tag) && `<figure><img src="${escapeHtml(textOf(tag))}" alt=""></figure>`;
  if (kind === 3) {
    const items = listOf(content).map((item) => `<li>${markersHtml(listOf(item), document)}</li>`);
    return `<${name}>${items.join('')}</${name}>`;
  }
  if (kind !== 10) return '';
  const [card, payload] = listOf(document.cards[Number(tag)]);
  return card === undefined ? '' : cardHtml(textOf(card), objectOf(payload), document.notes);
}

/** Each opens some of the markups, and closes some of those that are open behind its text. */
function markersHtml(markers: unknown[], { markups, atoms, notes }: Document): string {
  const open: string[] = [];
  const parts = markers.map((marker) => {
    const [kind, opened, closed, value] = listOf(marker);
    const before = listOf(opened).map((index) => {
      const [name, attributes] = listOf(markups[Number(index)]);
      const known = inline.has(textOf(name).toLowerCase()) ? textOf(name).toLowerCase() : 'span';
      open.push(known);
      const href = known === 'a' ? textOf(listOf(attributes)[listOf(attributes).indexOf('href') + 1]) : '';
      return `<${known}${href && ` href="${escapeHtml(href)}"`}>`;
    });
    const text = kind === 1 ? atomHtml(listOf(atoms[Number(value)]), notes) : escapeHtml(textOf(value));
    const ended = open.splice(Math.max(0, open.length - (Number(closed) || 0))).reverse();
    return [...before, text, ...ended.map((name) => `</${name}>`)].join('');
  });
  return (
    parts.join('') +
    open
      .reverse()
      .map((name) => `</${name}>`)
      .join('')
  );
}

function atomHtml([name, text]: unknown[], notes: ChangeNotes): string {
  if (name === 'soft-return' || name === 'soft-break') return '<br>';
  if (name !== undefined) notes.add(`of the unknown atom [${textOf(name)}] only the text is taken`);
  return escapeHtml(textOf(text));
}

function listOf(value: unknown): unknown[] {
  return Array.isArray(value) ? value : [];
}
