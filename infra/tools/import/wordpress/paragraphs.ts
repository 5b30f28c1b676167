import { pageOfEmbed } from '../../../../functions/article/embeds.ts';
import { decodeReferences, escapeHtml } from '../../../../functions/pull/feed-html.ts';

const words = (text: string) => text.split(' ');

/** What may stand directly in an element: paragraphs; paragraphs once an empty line parts them; one line; only other elements. */
type Holds = 'paragraphs' | 'either' | 'line' | 'elements';
const holds = new Map<string, Holds>([
  ...words('blockquote').map((name): [string, Holds] => [name, 'paragraphs']),
  ...words(
    'address article aside center dd details div fieldset figure footer form header hgroup li main nav section td th',
  ).map((name): [string, Holds] => [name, 'either']),
  ...words('p h1 h2 h3 h4 h5 h6 caption dt figcaption legend summary').map((name): [string, Holds] => [
    name,
    'line',
  ]),
  ...words('table thead tbody tfoot tr colgroup ul ol dl menu map').map((name): [string, Holds] => [
    name,
    'elements',
  ]),
]);
const voidBlocks = new Set(words('area col hr'));
const token =
  /<!--.*?(?:-->|$)|<(pre|style|script|textarea|select|svg|math|object|noscript|video|audio|iframe)\b.*?(?:<\/\1\s*>|$)|<(\/?)([a-z][a-z0-9]*)\b[^<>]*>/gis;
const shown = /<(?:img|iframe|video|audio|object|embed|svg|math|input)\b/i;
const formatting = /^(?:strong|em|b|i|u|a|span|del|s|small|code|font|cite|q|mark|ins)$/i;

/**
 * Text as people type it into WordPress's classic editor, with its paragraphs: an empty line parts them, any other line end breaks the
 * line, an address alone on a line is an embed. What stands in block elements keeps its form; `pre` and its like stay to the letter.
 */
export function inParagraphs(text: string): string {
  const out: string[] = [];
  const open: { name: string; holds: Holds }[] = [{ name: '', holds: 'paragraphs' }];
  const counts = new Map<string, number>();
  let line = '';
  const count = (name: string, change: number) => counts.set(name, (counts.get(name) ?? 0) + change);
  const flush = () => {
    const { name, holds } = open.at(-1) ?? { name: '', holds: 'paragraphs' };
    if (/\S/.test(line)) out.push(written(line, name, holds), holds === 'paragraphs' ? '\n' : '');
    line = '';
  };
  const close = (name: string) => {
    for (let last = open.pop(); last; last = open.pop()) {
      count(last.name, -1);
      if (last.name === name) return;
    }
  };
  let done = 0;
  for (const { 0: tag, 1: whole, 2: slash, 3: named = '', index } of text.matchAll(token)) {
    line += text.slice(done, index);
    done = index + tag.length;
    const name = (whole ?? named).toLowerCase();
    const kind = holds.get(name);
    if (name === '') continue;
    if (kind === undefined && name !== 'pre' && !voidBlocks.has(name)) {
      line += tag.replaceAll('\n', ' ');
      continue;
    }
    flush();
    if (open.at(-1)?.name === 'p' && !(slash && name === 'p')) {
      close('p');
      out.push('</p>\n');
    }
    if (kind && slash) {
      if (!counts.get(name)) continue;
      close(name);
    } else if (kind) {
      open.push({ name, holds: kind });
      count(name, 1);
    }
    out.push(slash ? `${tag}\n` : tag);
  }
  line += text.slice(done);
  flush();
  return out.join('');
}

function written(text: string, name: string, holds: Holds): string {
  if (holds === 'elements' || !showsSomething(text)) return text;
  if (name === 'p') return split(text).map(broken).join('</p>\n<p>');
  if (holds === 'paragraphs' || (holds === 'either' && split(text).length > 1))
    return reopened(split(text).flatMap(withEmbeds)).join('\n');
  return broken(text);
}

export function showsSomething(html: string): boolean {
  return shown.test(html) || /\S/.test(html.replace(/<[^<>]*>/g, ''));
}

function split(text: string): string[] {
  const parts = text.replace(/<br[^<>]*>\s*<br[^<>]*>/gi, '\n\n').split(/\n\s*\n/);
  return parts.filter((part) => !/^(?:&nbsp;|&#160;|\s)*$/.test(part));
}

function broken(text: string): string {
  const lines = text.trim().split('\n');
  return lines.map((line) => line.trim().replace(/<br[^<>]*>$/i, '')).join('<br>\n');
}

/** The paragraph, parted where an address stands alone on its line. */
function withEmbeds(text: string): string[] {
  return text
    .split(/^[ \t]*(https?:\/\/[^\s<>"]+)[ \t\r]*$/im)
    .map((part, index) => (index % 2 === 1 ? part : broken(part)))
    .filter((part) => part !== '');
}

/** As paragraphs. Emphasis or a link that goes on in the next one is closed and opened again. */
function reopened(parts: string[]): string[] {
  let open: string[] = [];
  return parts.map((part) => {
    if (open.length === 0 && /^https?:\/\/[^\s<>"]+$/.test(part)) return linkTo(part);
    const start = open.join('');
    for (const { 0: tag, 1: slash, 2: name = '' } of part.matchAll(/<(\/?)([a-z]+)\b[^<>]*>/gi)) {
      if (!formatting.test(name)) continue;
      const last = open.findLastIndex((one) => new RegExp(`^<${name}\\b`, 'i').test(one));
      if (!slash) open = [...open, tag].slice(0, 20);
      else if (last >= 0) open = open.toSpliced(last, 1);
    }
    const end = open.toReversed().map((tag) => tag.replace(/^<(\w+).*/s, '</$1>'));
    return `<p>${start}${part}${end.join('')}</p>`;
  });
}

/** A paragraph with a link to the page of what a player at the address shows. */
export function linkTo(address: string): string {
  const url = decodeReferences(address.trim());
  const page = URL.canParse(url) ? pageOfEmbed(url) : url;
  return `<p><a href="${escapeHtml(page)}">${escapeHtml(page.replace(/^https?:\/\/(?:www\.)?/, ''))}</a></p>`;
}
