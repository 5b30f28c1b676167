import type { Place } from './addresses.ts';
import { portableHtml } from './body-html.ts';
import { textAsHtml } from './body-writing.ts';
import { type CleanHtml, cleanHtml, findTooManyOpenTags } from './clean-html.ts';
import { InvalidArticleError, TooLargeError } from './fault.ts';
import { markdownToHtml } from './markdown.ts';
import { findForbiddenCharacter, findStackedMarks } from './text.ts';

/** Bytes in UTF-8, both of the body as sent and of its clean HTML. */
export const maxBodyBytes = 1_000_000;
// A little Markdown can make a lot of HTML, and cleaning takes a second per megabyte.
const maxWrittenBytes = 3 * maxBodyBytes;
// A Lambda's answer has at most 6 MB, and a quotation mark takes four bytes of its JSON.
const maxPortableBytes = 3 * maxBodyBytes;

export interface WrittenBody {
  markdown?: string | undefined;
  html?: string | undefined;
  text?: string | undefined;
}

export interface BodyPlace extends Place {
  /** The language whose quotation marks Markdown gets; without one they stay as they are written. */
  typography?: string | undefined;
}

/** Clean HTML of CommonMark with tables and footnotes, of HTML or of plain text. Throws TooLargeError or InvalidArticleError. */
export function renderBody(body: WrittenBody, place: BodyPlace): CleanHtml {
  const source = body.markdown ?? body.html ?? body.text ?? '';
  // Before parsing, since the size bounds what a crafted text can cost.
  assertSize(source, 'body');
  const written = toHtml(body, place.typography);
  assertSize(written, "body's HTML, before it is cleaned,", maxWrittenBytes);
  assertFit(body, findTooManyOpenTags(written));
  const clean = cleanHtml(written, place, source);
  assertFit(body, findStackedMarks(clean.html));
  const html = normalize(clean.html);
  assertSize(html, "body's clean HTML");
  const portable = portableHtml(html, place, { baseUrl: place.baseUrl, media: {} });
  assertSize(portable, "body's clean HTML, with its addresses absolute,", maxPortableBytes);
  // Again, since character references can spell what the text may not contain.
  assertFit(body, findForbiddenCharacter(html));
  return { ...clean, html };
}

function toHtml({ markdown, html, text }: WrittenBody, typography: string | undefined): string {
  if (markdown !== undefined) return markdownToHtml(markdown, typography);
  if (html !== undefined) return html;
  return textAsHtml(text ?? '');
}

// Again, since character references can spell these too. NFC only between tags: `>` and a combining stroke would compose to one
// character, which ends no tag.
function normalize(html: string): string {
  return html.replace(/[^<>]+/g, (part) => part.normalize('NFC').replace(/\r\n?/g, '\n'));
}

function assertFit(body: WrittenBody, message: string | undefined): void {
  const pointer = `/${['markdown', 'html', 'text'].find((name) => name in body)}`;
  if (message) throw new InvalidArticleError([{ pointer, message }]);
}

function assertSize(text: string, what: string, most = maxBodyBytes): void {
  const bytes = Buffer.byteLength(text);
  if (bytes > most)
    throw new TooLargeError(`The ${what} has ${written(bytes)} bytes; at most ${written(most)} are allowed`);
}

function written(count: number): string {
  return count.toLocaleString('en');
}
