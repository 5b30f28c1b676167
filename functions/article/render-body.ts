import type { Place } from './addresses.ts';
import { portableHtml } from './body-html.ts';
import { cleanHtml } from './clean-html.ts';
import { InvalidArticleError, TooLargeError } from './fault.ts';
import { escapeHtml, renderMarkdown } from './markdown.ts';
import { findTooManyOpenTags } from './open-tags.ts';
import { findForbiddenCharacter, findStackedMarks } from './text.ts';

/** Bytes in UTF-8, of what is sent and of the clean HTML. */
export const maxBodyBytes = 1_000_000;
// A few characters of Markdown can make many of HTML, and cleaning takes a second a megabyte.
const maxWrittenBytes = 3 * maxBodyBytes;
// Lambda answers with 6 MB at most, in which a quotation mark of JSON takes four bytes.
const maxPortableBytes = 3 * maxBodyBytes;

/** CommonMark with tables and footnotes, HTML or plain text as one clean HTML. Throws TooLargeError or InvalidArticleError. */
export function renderBody(
  body: { markdown?: string | undefined; html?: string | undefined; text?: string | undefined },
  place: Place,
): string {
  // Before parsing: the size bounds what a crafted text can cost.
  requireSize(body.markdown ?? body.html ?? body.text ?? '', 'body');
  const written = toHtml(body);
  requireSize(written, "body's HTML, before it is cleaned,", maxWrittenBytes);
  requireFit(body, findTooManyOpenTags(written));
  const clean = cleanHtml(written, place);
  requireFit(body, findStackedMarks(clean));
  const html = tidy(clean);
  requireSize(html, "body's clean HTML");
  requireSize(
    portableHtml(html, place.slug, { baseUrl: place.baseUrl, media: {} }),
    "body's clean HTML, with its addresses absolute,",
    maxPortableBytes,
  );
  // Character references can spell what the text itself may not hold.
  requireFit(body, findForbiddenCharacter(html));
  return html;
}

// References can spell these too. NFC only between tags: `>` and a stroke set over it are one character, and then no tag.
function tidy(html: string): string {
  return html.replace(/[^<>]+/g, (part) => part.normalize('NFC').replace(/\r\n?/g, '\n'));
}

function toHtml({ markdown, html, text }: Parameters<typeof renderBody>[0]): string {
  if (markdown !== undefined) return renderMarkdown(markdown);
  if (html !== undefined) return html;
  const paragraphs = (text ?? '').split(/\n\s*\n/).filter((paragraph) => paragraph.trim() !== '');
  return paragraphs
    .map((paragraph) => `<p>${escapeHtml(paragraph.trim()).replaceAll('\n', '<br>')}</p>`)
    .join('\n');
}

function requireFit(body: Parameters<typeof renderBody>[0], message: string | undefined): void {
  const pointer = `/${['markdown', 'html', 'text'].find((name) => name in body)}`;
  if (message) throw new InvalidArticleError([{ pointer, message }]);
}

function requireSize(text: string, what: string, most = maxBodyBytes): void {
  const bytes = Buffer.byteLength(text);
  if (bytes > most)
    throw new TooLargeError(
      `The ${what} has ${bytes.toLocaleString('en')} bytes; at most ${most.toLocaleString('en')} are allowed`,
    );
}
