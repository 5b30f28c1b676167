import { QuoteType, Tokenizer } from 'htmlparser2';
import { rewriteSrcset } from '../article/body-html.ts';

export interface Tag {
  name: string;
  /** Where it begins and ends in the source. */
  start: number;
  end: number;
  /** With the place of each in the source, quotes included. */
  attributes: { name: string; value: string; start: number; end: number }[];
}

/**
 * Walks through HTML of any kind in linear time, which parsers that keep open tags do not.
 */
export function walk(
  html: string,
  on: { tag?: (tag: Tag) => void; close?: (name: string) => void; text?: (text: string) => void },
): void {
  let tag: Tag = { name: '', start: 0, end: 0, attributes: [] };
  let value = '';
  const ignore = () => {};
  const endTag = (end: number) => on.tag?.({ ...tag, end: end + 1 });
  const walker = new Tokenizer(
    { decodeEntities: true },
    {
      onopentagname: (start, end) => {
        tag = { name: html.slice(start, end).toLowerCase(), start: start - 1, end, attributes: [] };
      },
      onattribname: (start, end) => {
        value = '';
        tag.attributes.push({ name: html.slice(start, end).toLowerCase(), value, start, end });
      },
      onattribdata: (start, end) => {
        value += html.slice(start, end);
      },
      onattribentity: (code) => {
        value += String.fromCodePoint(code);
      },
      onattribend: (quote, end) => {
        const attribute = tag.attributes.at(-1);
        if (attribute && quote !== QuoteType.NoValue) Object.assign(attribute, { value, end });
      },
      onopentagend: endTag,
      onselfclosingtag: endTag,
      onclosetag: (start, end) => on.close?.(html.slice(start, end).toLowerCase()),
      ontext: (start, end) => on.text?.(html.slice(start, end)),
      ontextentity: (code) => on.text?.(String.fromCodePoint(code)),
      oncdata: ignore,
      oncomment: ignore,
      ondeclaration: ignore,
      onend: ignore,
      onprocessinginstruction: ignore,
    },
  );
  walker.write(html);
  walker.end();
}

const inline = /^(?:a|abbr|b|bdi|bdo|cite|code|em|font|i|kbd|mark|q|s|small|span|strong|sub|sup|tt|u|wbr)$/;
const unseen = /^(?:script|style)$/;

/** On one line. */
export function plainText(html: string): string {
  const parts: string[] = [];
  let hidden = '';
  walk(html, {
    tag: ({ name }) => {
      if (unseen.test(name)) hidden = name;
      if (!inline.test(name)) parts.push(' ');
    },
    close: (name) => {
      if (name === hidden) hidden = '';
      if (!inline.test(name)) parts.push(' ');
    },
    text: (text) => {
      if (!hidden) parts.push(text);
    },
  });
  return parts.join('').replace(/\s+/g, ' ').trim();
}

/** Whether both tags of a pair are there, or one that is enough: "The <b> tag" and "a<b" are plain text. */
export function hasTags(text: string, enough: RegExp): boolean {
  const opened = new Set<string>();
  let found = false;
  walk(text, {
    tag: ({ name }) => {
      opened.add(name);
      found ||= enough.test(name);
    },
    close: (name) => {
      found ||= opened.has(name);
    },
  });
  return found;
}

/** Plain text with HTML's references as the characters that they stand for. */
export function decodeReferences(text: string): string {
  const parts: string[] = [];
  walk(text.replaceAll('<', '&lt;'), { text: (part) => parts.push(part) });
  return parts.join('');
}

export function escapeHtml(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}

/** The HTML with its links made absolute, and without those that are scripts. All else stays to the byte. */
export function withAbsoluteLinks(html: string, base: string): string {
  const parts: string[] = [];
  let done = 0;
  walk(html, {
    tag: ({ attributes }) => {
      for (const { name, value, start, end } of attributes) {
        const written = absoluteAttribute(name, value, base);
        if (written === value) continue;
        parts.push(html.slice(done, start), written === undefined ? '' : `${name}="${escapeHtml(written)}"`);
        done = end;
      }
    },
  });
  return parts.join('') + html.slice(done);
}

const dot = /^\s*[01](?:px)?\s*$/;
const dotStyle = /(?:^|[;\s])(?:width|height)\s*:\s*[01](?:px)?\s*(?:!|;|$)/;

/** The HTML without pictures that nobody is to see: they count readers. */
export function withoutPixels(html: string): string {
  const parts: string[] = [];
  let done = 0;
  walk(html, {
    tag: ({ name, start, end, attributes }) => {
      const isPixel = attributes.some(({ name: of, value }) =>
        of === 'style' ? dotStyle.test(value) : /^(?:width|height)$/.test(of) && dot.test(value),
      );
      if (name !== 'img' || !isPixel) return;
      parts.push(html.slice(done, start));
      done = end;
    },
  });
  return parts.join('') + html.slice(done);
}

/** An attribute's value with absolute addresses; undefined where it is a script. */
export function absoluteAttribute(name: string, value: string, base: string): string | undefined {
  if (/srcset$/.test(name)) return rewriteSrcset(value, (url) => absoluteUrl(url, base)) || undefined;
  if (/^(?:href|src|poster)$/.test(name)) return absoluteUrl(value, base);
  // Where pictures wait for a script to load them.
  if (/^data-/.test(name) && /^\.{0,2}\/[^\s{[]+$/.test(value)) return absoluteUrl(value, base);
  return value;
}

function absoluteUrl(written: string, base: string): string | undefined {
  if (/^\s*(?:#|https?:\/\/)/i.test(written) || !URL.canParse(written, base)) return written;
  const { protocol, href } = new URL(written, base);
  if (/^(?:javascript|vbscript):$/.test(protocol)) return undefined;
  return /^https?:$/.test(protocol) ? href : written;
}

const feedTypes = /^application\/(?:rss\+xml|atom\+xml|feed\+json)$/i;

/** The feed that a web page names for readers. */
export function findLinkedFeed(page: string, url: string): string | undefined {
  const found: string[] = [];
  walk(page, {
    tag: ({ name, attributes }) => {
      const {
        rel = '',
        type = '',
        href,
      } = Object.fromEntries(attributes.map((one) => [one.name, one.value]));
      if (name !== 'link' || !href || !/\balternate\b/i.test(rel) || !feedTypes.test(type)) return;
      const address = absoluteUrl(href, url);
      if (address) found.push(address);
    },
  });
  return found[0];
}

// The characters of windows-1252 at U+0080 to U+009F, where ISO 8859-1 has controls that nobody means. Node decodes them as controls.
const windows1252 = '€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008dŽ\u008f\u0090‘’“”•–—˜™š›œ\u009džŸ';
const forbidden = /(?![\t\n\r])[\p{Cc}\p{Cs}\p{Noncharacter_Code_Point}]/gu;

/** Without characters that neither XML nor HTML allows, and with those of windows-1252 where C1 controls stand for them. */
export function repaired(text: string): string {
  return text
    .replace(/[\x80-\x9f]/g, (control) => windows1252[control.charCodeAt(0) - 0x80] ?? '')
    .replace(forbidden, '');
}
