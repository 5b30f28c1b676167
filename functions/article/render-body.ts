import MarkdownIt from 'markdown-it';
import footnotes from 'markdown-it-footnote';
import { cleanHtml } from './clean-html.ts';
import { type Fault, InvalidArticleError, TooLargeError } from './fault.ts';
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
  const html = cleanHtml(toHtml(body), place);
  requireSize(html, "body's clean HTML");
  // Character references can spell what the text itself may not hold.
  const fault = findForbiddenCharacter(html);
  if (fault) throw new InvalidArticleError([{ pointer: pointerTo(body), message: fault }]);
  return html.normalize('NFC');
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

function pointerTo(body: Parameters<typeof renderBody>[0]): Fault['pointer'] {
  return `/${['markdown', 'html', 'text'].find((name) => name in body)}`;
}

function requireSize(text: string, what: string): void {
  const bytes = Buffer.byteLength(text);
  if (bytes > maxBodyBytes)
    throw new TooLargeError(
      `The ${what} has ${bytes.toLocaleString('en')} bytes; at most ${maxBodyBytes.toLocaleString('en')} are allowed`,
    );
}
