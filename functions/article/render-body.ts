import MarkdownIt from 'markdown-it';
import footnotes from 'markdown-it-footnote';
import { cleanHtml } from './clean-html.ts';
import { InvalidArticleError, TooLargeError } from './fault.ts';
import { findTooManyOpenTags } from './open-tags.ts';
import type { Place } from './site-url.ts';
import { findForbiddenCharacter } from './text.ts';

/** Bytes in UTF-8, of what is sent and of the clean HTML. */
export const maxBodyBytes = 1_000_000;

const markdownParser = new MarkdownIt({ html: true }).use(footnotes);

/** CommonMark with tables and footnotes, HTML or plain text as one clean HTML. Throws TooLargeError or InvalidArticleError. */
export function renderBody(
  body: { markdown?: string | undefined; html?: string | undefined; text?: string | undefined },
  place: Place,
): string {
  // Before parsing: the size bounds what a crafted text can cost.
  requireSize(body.markdown ?? body.html ?? body.text ?? '', 'body');
  const written = toHtml(body);
  requireFit(body, findTooManyOpenTags(written));
  const html = tidy(cleanHtml(written, place));
  requireSize(html, "body's clean HTML");
  // Character references can spell what the text itself may not hold.
  requireFit(body, findForbiddenCharacter(html));
  return html;
}

// References can spell these too. NFC only between tags: `>` and a stroke set over it are one character, and then no tag.
function tidy(html: string): string {
  return html.replace(/[^<>]+/g, (part) => part.normalize('NFC').replace(/\r\n?/g, '\n'));
}

function toHtml({ markdown, html, text }: Parameters<typeof renderBody>[0]): string {
  if (markdown !== undefined) return markdownParser.render(markdown, {});
  if (html !== undefined) return html;
  const paragraphs = (text ?? '').split(/\n\s*\n/).filter((paragraph) => paragraph.trim() !== '');
  const { escapeHtml } = markdownParser.utils;
  return paragraphs
    .map((paragraph) => `<p>${escapeHtml(paragraph.trim()).replaceAll('\n', '<br>')}</p>`)
    .join('\n');
}

function requireFit(body: Parameters<typeof renderBody>[0], message: string | undefined): void {
  const pointer = `/${['markdown', 'html', 'text'].find((name) => name in body)}`;
  if (message) throw new InvalidArticleError([{ pointer, message }]);
}

function requireSize(text: string, what: string): void {
  const bytes = Buffer.byteLength(text);
  if (bytes > maxBodyBytes)
    throw new TooLargeError(
      `The ${what} has ${bytes.toLocaleString('en')} bytes; at most ${maxBodyBytes.toLocaleString('en')} are allowed`,
    );
}
