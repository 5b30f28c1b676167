import { escapeHtml } from '../../../../functions/pull/feed-html.ts';
import { inParagraphs, linkTo, showsSomething } from './paragraphs.ts';
import type { Writing } from './write-shortcode.ts';

interface Block {
  /** Without `core/`. */
  name: string;
  attributes: Record<string, unknown>;
  /** Where it begins among the parts. */
  start: number;
}

/** Only their inner blocks count. */
const wrappers = new Set('buttons column columns group query post-template template-part'.split(' '));
const invisible = new Set('more nextpage spacer'.split(' '));
const maxDepth = 100;
const maxShared = 20;
const maxLength = 3_000_000;

export function hasBlocks(text: string): boolean {
  return text.includes('<!-- wp:');
}

/** Text of WordPress's block editor as plain HTML: what stands outside its blocks is classic text. `around` names the shared blocks that it is in. */
export function writeBlocks(text: string, writing: BlockWriting, around: string[] = []): string {
  const out: string[] = [];
  const open: Block[] = [];
  const add = (piece: string) => {
    const name = open.at(-1)?.name;
    if (name === undefined) out.push(inParagraphs(piece));
    else if (!wrappers.has(name) || showsSomething(piece)) out.push(piece);
  };
  const close = (name: string) => {
    const at = open.findLastIndex((block) => block.name === name);
    if (at < 0) return;
    const [block] = open.splice(at);
    if (block) out.push(finish(block, out.splice(block.start).join(''), writing));
  };
  let done = 0;
  for (const { 0: comment, 1: inside = '', index } of text.matchAll(/<!--(.*?)(?:-->|$)/gs)) {
    add(text.slice(done, index));
    done = index + comment.length;
    const [, slash, named = '', rest = ''] = /^\s+(\/?)wp:([a-z][\w/-]*)\s*(.*)$/s.exec(inside) ?? [];
    const name = named.replace(/^core\/|^core-(?=embed\/)/, '').replace(/^embed\/.*/, 'embed');
    if (name === '') continue;
    const attributes = attributesOf(rest);
    if (slash) close(name);
    else if (rest.trimEnd().endsWith('/')) out.push(dynamic(name, attributes, writing, around));
    else if (open.length < maxDepth) open.push({ name, attributes, start: out.length });
  }
  add(text.slice(done));
  return out.join('');
}

export interface BlockWriting extends Writing {
  /** HTML by the ids of notes, which the post keeps apart from its text. */
  footnotes: Map<string, string>;
  /** Shared blocks may hold one another: characters that they have brought so far. */
  shared: { length: number };
  /** Writes the shortcodes of a shared block. */
  prepare(text: string): string;
}

function attributesOf(rest: string): Record<string, unknown> {
  try {
    return Object(JSON.parse(rest.trim().replace(/\/$/, '') || '{}'));
  } catch {
    return {};
  }
}

function finish({ name, attributes }: Block, html: string, writing: Writing): string {
  if (invisible.has(name)) return '';
  if (name === 'shortcode' || name === 'freeform' || name === 'classic') return inParagraphs(html);
  if (name === 'embed')
    return html.replace(
      /<div class="wp-block-embed__wrapper">\s*(https?:\/\/[^\s<>"]+)\s*<\/div>/,
      (_, url) => linkTo(url),
    );
  if (name === 'button' || name === 'file') {
    const [start = '', href] = /<a\s[^<>]*?href="([^"]*)"[^<>]*>/.exec(html) ?? [];
    const [text] = html.slice(html.indexOf(start) + start.length).split('</a>', 1);
    return href && text ? `<p><a href="${href}">${text}</a></p>` : '';
  }
  // In older posts a list.
  if (name === 'gallery') return html.replace(/<\/?(?:ul|li)(?:\s[^<>]*)?>/g, '\n');
  if (name === 'cover' && typeof attributes.url === 'string' && !/<(?:img|video)\b/.test(html))
    return `<p><img src="${escapeHtml(attributes.url)}" alt=""></p>${html}`;
  if (!name.includes('/')) return html;
  const isSeen = showsSomething(html);
  const what = isSeen ? 'kept as the HTML that it holds' : 'left out: the text does not hold what it shows';
  writing.notes.add(`the block [${name}] is ${what}`);
  return isSeen ? html : '';
}

/** A block of which the text holds nothing but its name. */
function dynamic(
  name: string,
  { ref, url, service }: Record<string, unknown>,
  writing: BlockWriting,
  around: string[],
): string {
  if (invisible.has(name)) return '';
  if (name === 'footnotes') return footnotesOf(writing);
  if (name === 'social-link' && typeof url === 'string')
    return `<li><a href="${escapeHtml(url)}">${escapeHtml(String(service ?? url))}</a></li>`;
  if (name !== 'block' || ref === undefined) {
    writing.notes.add(`the block [${name}] is left out: WordPress fills it when it shows the page`);
    return '';
  }
  const id = String(ref);
  const text = writing.facts.blocks.get(id);
  if (
    text === undefined ||
    around.includes(id) ||
    around.length >= maxShared ||
    writing.shared.length > maxLength
  ) {
    writing.notes.add(
      `the shared block ${id} is left out: ${text === undefined ? 'it is not in the export' : 'it holds itself, or too much'}`,
    );
    return '';
  }
  writing.shared.length += text.length;
  return writeBlocks(writing.prepare(text), writing, [...around, id]);
}

function footnotesOf({ footnotes }: BlockWriting): string {
  const items = [...footnotes].map(
    ([id, html]) =>
      `<li id="${escapeHtml(id)}"><p>${html} <a href="#${escapeHtml(id)}-link" class="footnote-backref">↩</a></p></li>`,
  );
  return items.length > 0 ? `<section class="footnotes"><ol>${items.join('')}</ol></section>` : '';
}
