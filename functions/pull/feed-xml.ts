import { SaxesParser } from 'saxes';
import { absoluteAttribute, decodeReferences, escapeHtml, repaired } from './feed-html.ts';
import { InvalidFeedError } from './feed-item.ts';

export interface XmlElement {
  /** `item`, or with the prefix of `namespaces`: `dc:creator`. */
  kind: string;
  /** By their kinds: `href`, `rdf:about`. */
  attributes: Record<string, string>;
  content: (XmlElement | string)[];
  /** By the xml:base of the element and those around it; undefined if there is none. */
  base: string | undefined;
  /** By their xml:lang. */
  language: string | undefined;
}

const namespaces: Record<string, string> = {
  atom: 'http://www.w3.org/2005/Atom',
  rdf: 'http://www.w3.org/1999/02/22-rdf-syntax-ns#',
  content: 'http://purl.org/rss/1.0/modules/content/',
  dc: 'http://purl.org/dc/elements/1.1/',
  dcterms: 'http://purl.org/dc/terms/',
  media: 'http://search.yahoo.com/mrss/',
  itunes: 'http://www.itunes.com/dtds/podcast-1.0.dtd',
  at: 'http://purl.org/atompub/tombstones/1.0',
  xhtml: 'http://www.w3.org/1999/xhtml',
  feedburner: 'http://rssnamespace.org/feedburner/ext/1.0',
};
// RSS 0.90, 1.0, and those that some put 2.0 into.
const rss =
  /^http:\/\/(?:purl\.org\/rss\/1\.0|(?:my|channel)\.netscape\.com\/rdf\/simple\/0\.9|backend\.userland\.com\/rss2?|blogs\.law\.harvard\.edu\/tech\/rss)$/;
const prefixes = new Map(Object.entries(namespaces).map(([prefix, uri]) => [plain(uri), prefix]));

// Writers disagree about the letter case, https and the last character.
function plain(uri: string): string {
  return uri
    .toLowerCase()
    .replace(/^https:/, 'http:')
    .replace(/[/#]$/, '');
}

function kindOf(uri: string, local: string): string {
  const known = plain(uri);
  const prefix = prefixes.get(known);
  if (prefix) return `${prefix}:${local}`;
  return known === '' || rss.test(known) ? local : `{${uri}}${local}`;
}

const maxDepth = 200;
const maxParts = 200_000;
const maxReferences = 400_000;
const none = {};

/** The root element. `url` is where the feed is. Throws InvalidFeedError for a document type, too many or deep elements, invalid XML. */
export function readXml(source: string, url: string): XmlElement {
  if (/^<!doctype/i.test(afterProlog(source)))
    throw new InvalidFeedError(
      'The feed has a document type (DOCTYPE), which is refused for fear of entities.',
    );
  // At most six handlers: with a seventh, V8 turns the parser into a dictionary, which is seven times slower.
  const parser = new SaxesParser({ xmlns: true, position: true, additionalNamespaces: namespaces });
  const root: XmlElement = { kind: '', attributes: none, content: [], base: undefined, language: undefined };
  const open = [root];
  let count = 0;
  parser.on('error', ({ message }) => {
    // What these mean is certain.
    if (/unbound namespace prefix|the string "]]>" is disallowed/.test(message)) return;
    const what = message.replace(/^\d+:\d+: /, '').replace(/\.$/, '');
    throw new InvalidFeedError(
      `The feed is no well-formed XML: ${what}, in line ${parser.line}, column ${parser.column}.`,
    );
  });
  const add = () => {
    count += 1;
    if (count > maxParts)
      throw new InvalidFeedError(`The feed has more than ${maxParts} elements and attributes.`);
  };
  parser.on('attribute', add);
  parser.on('opentag', ({ uri, local, attributes }) => {
    add();
    if (open.length > maxDepth) throw new InvalidFeedError(`The feed nests more than ${maxDepth} elements.`);
    const parent = open.at(-1) ?? root;
    const named = Object.entries(attributes).map(([name, { prefix, uri, local, value }]) => [
      ['', 'xml', 'xmlns'].includes(prefix) ? name : kindOf(uri, local),
      value,
    ]);
    const base = attributes['xml:base']?.value.trim();
    const isBase = base !== undefined && URL.canParse(base, parent.base ?? url);
    const element: XmlElement = {
      kind: kindOf(uri, local),
      attributes: named.length > 0 ? Object.fromEntries(named) : none,
      content: [],
      base: isBase ? new URL(base, parent.base ?? url).href : parent.base,
      language: attributes['xml:lang']?.value ?? parent.language,
    };
    parent.content.push(element);
    open.push(element);
  });
  parser.on('closetag', () => open.pop());
  for (const event of ['text', 'cdata'] as const)
    parser.on(event, (text) => open.at(-1)?.content.push(event === 'text' ? repaired(text) : text));
  parser.write(withKnownReferences(source.trim())).close();
  const [element] = childrenOf(root);
  if (!element) throw new InvalidFeedError('The feed is empty.');
  return element;
}

/** The first characters that are neither white space, comments nor processing instructions. */
export function afterProlog(source: string): string {
  const skipped = /\s+|<\?.*?\?>|<!--.*?-->/sy;
  let start = 0;
  while (skipped.test(source)) start = skipped.lastIndex;
  return source.slice(start, start + 100);
}

/** With the characters of HTML's named references, and an ampersand that begins none as a reference, as readers take them. */
function withKnownReferences(source: string): string {
  const odd = /<!\[CDATA\[.*?(?:\]\]>|$)|<!--.*?(?:-->|$)|&(?!(?:amp|lt|gt|quot|apos);)(#?\w{1,40};)?/gs;
  const known = new Map<string, string>();
  const parts: string[] = [];
  let done = 0;
  for (const { 0: found, 1: name = '', index } of source.matchAll(odd)) {
    if (!found.startsWith('&') || (name.startsWith('#') && isAllowed(name))) continue;
    if (parts.length > maxReferences)
      throw new InvalidFeedError('The feed has too many ampersands that begin no reference.');
    const meant = known.get(name) ?? (name.startsWith('#') ? '' : decodeReferences(found));
    known.set(name, meant);
    parts.push(source.slice(done, index), meant === found ? `&amp;${name}` : escapeHtml(meant));
    done = index + found.length;
  }
  return parts.join('') + source.slice(done);
}

// A reference to a character that XML forbids: most often one pasted from a word processor.
function isAllowed(name: string): boolean {
  const code = Number(name.slice(1, -1).replace(/^x/i, '0x'));
  return code > 31
    ? code < 0xd800 || (code > 0xdfff && code < 0xfffe) || (code > 0xffff && code < 0x110000)
    : [9, 10, 13].includes(code);
}

export function childrenOf(element: XmlElement | undefined, kind?: string): XmlElement[] {
  const children = element?.content.filter((child) => typeof child !== 'string') ?? [];
  return kind === undefined ? children : children.filter((child) => child.kind === kind);
}

/** The first of the first kind that has any, among kinds separated by spaces. */
export function childOf(element: XmlElement | undefined, kinds: string): XmlElement | undefined {
  return kinds.split(' ').flatMap((kind) => childrenOf(element, kind))[0];
}

/** Of the element and all below it. */
export function textOf(element: XmlElement | undefined): string {
  return element?.content.map((part) => (typeof part === 'string' ? part : textOf(part))).join('') ?? '';
}

/** The text of the first child that has any, among kinds separated by spaces. */
export function textIn(element: XmlElement | undefined, kinds: string): string | undefined {
  return kinds
    .split(' ')
    .flatMap((kind) => childrenOf(element, kind))
    .map((child) => textOf(child).trim())
    .find((text) => text !== '');
}

/** An element's HTML: its text, or where it holds elements these as they would be in HTML. */
export function markupOf(element: XmlElement | undefined): string {
  return element && childrenOf(element).length > 0 ? writeContent(element) : textOf(element);
}

const empty = /^(?:area|br|col|embed|hr|img|input|source|track|wbr)$/;

function writeHtml(element: XmlElement): string {
  const name = element.kind.replace(/^.*[:}]/, '');
  const attributes = Object.entries(element.attributes).map(([key, value]) => {
    const written = element.base ? absoluteAttribute(key, value, element.base) : value;
    const isHtml = !/[:{]/.test(key) && key !== 'xmlns' && written !== undefined;
    return isHtml ? ` ${key}="${escapeHtml(written)}"` : '';
  });
  const start = `<${name}${attributes.join('')}>`;
  return empty.test(name) ? start : `${start}${writeContent(element)}</${name}>`;
}

function writeContent({ content }: XmlElement): string {
  return content.map((part) => (typeof part === 'string' ? escapeHtml(part) : writeHtml(part))).join('');
}
