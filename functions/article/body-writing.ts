import { articlePath, type Place, storedUrl } from './addresses.ts';
import type { HtmlElement, HtmlNode, LeftOut } from './left-out.ts';

/** What is known while a body is written anew. */
export interface Writing {
  place: Place;
  leftOut: LeftOut;
  /** The id that each element gets. */
  ids: Map<HtmlElement, string>;
  /** The ids by how they were written. */
  targets: Map<string, string>;
  /** Ids that the written text holds, and those that its links lead to. */
  written: Set<string>;
  linked: Set<string>;
  /** How many were compared with the title. */
  headings: number;
  /** Writes the children of an element. */
  writeChildren(parent: HtmlElement, around: Around): Part;
}

/** What stands around an element, as it is written. */
export interface Around {
  name: string;
  /** Of a table's cells, where a row or group of them says so. */
  alignment?: string | undefined;
}

/** HTML, and whether it shows anything. */
export interface Part {
  html: string;
  filled: boolean;
}

export const nothing: Part = { html: '', filled: false };

export function joined(parts: Part[]): Part {
  return { html: parts.map(({ html }) => html).join(''), filled: parts.some(({ filled }) => filled) };
}

const references: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

export function escapeText(text: string): string {
  return text.replace(/[&<>]/g, (sign) => references[sign] ?? sign);
}

/** Plain text in paragraphs, which an empty line parts. */
export function textAsHtml(text: string): string {
  const paragraphs = text.split(/\n\s*\n/).filter((paragraph) => paragraph.trim() !== '');
  return paragraphs
    .map((paragraph) => `<p>${escapeText(paragraph.trim()).replaceAll('\n', '<br>')}</p>`)
    .join('\n');
}

export function startTag(name: string, attributes: Record<string, string | undefined>): string {
  const written = Object.entries(attributes).filter(
    ([key, value]) => value !== undefined && /^[a-z:-]+$/.test(key),
  );
  const pairs = written.map(
    ([key, value = '']) => ` ${key}="${value.replace(/[&<>"]/g, (sign) => references[sign] ?? sign)}"`,
  );
  return `<${name}${pairs.join('')}>`;
}

/** All text within a node. */
export function textIn(node: HtmlNode): string {
  if (node.type === 'text') return node.data;
  return 'children' in node ? node.children.map(textIn).join('') : '';
}

/** The sibling before or after, apart from white space. */
export function neighbour(element: HtmlElement, side: 'prev' | 'next'): HtmlElement | undefined {
  let node = element[side];
  // One step only: a run of comments would be walked again from each of its elements.
  if (node?.type === 'text' && !/\S/.test(node.data)) node = node[side];
  return node && 'attribs' in node ? node : undefined;
}

/** The stored address of a picture, film or player; undefined for one that shows nothing: empty, of a page of the site, or unknown. */
export function resourceUrl(written: string | undefined, place: Place): string | undefined {
  const trimmed = written?.trim() ?? '';
  if (trimmed === '' || trimmed.startsWith('#')) return undefined;
  const url = storedUrl(trimmed, place);
  if (url === undefined || !/^(\/|https?:)/.test(url)) return undefined;
  const path = url.replace(/[?#].*/s, '');
  const isPage =
    /^\/(?:(?:about|archive|author|category|corrections|feeds|language|most-read|news|source|tag)(?:\/[^.]*)?)?$/.test(
      path,
    ) || path === articlePath(place.slug);
  return isPage ? undefined : url;
}

/** The attributes of an element, with the id that it gets. */
export function identified(
  { ids, written }: Writing,
  element: HtmlElement,
): Record<string, string | undefined> {
  const id = ids.get(element);
  if (id !== undefined) written.add(id);
  return { ...element.attribs, id };
}
