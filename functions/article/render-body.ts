import MarkdownIt from 'markdown-it';
import footnotePlugin from 'markdown-it-footnote';
import type { Place } from './addresses.ts';
import { portableHtml } from './body-html.ts';
import { cleanHtml, findTooManyOpenTags } from './clean-html.ts';
import { InvalidArticleError, TooLargeError } from './fault.ts';
import { findForbiddenCharacter, findStackedMarks } from './text.ts';

/** Bytes in UTF-8, both of the body as sent and of its clean HTML. */
export const maxBodyBytes = 1_000_000;
// A little Markdown can make a lot of HTML, and cleaning takes a second per megabyte.
const maxWrittenBytes = 3 * maxBodyBytes;
// A Lambda's answer has at most 6 MB, and a quotation mark takes four bytes of its JSON.
const maxPortableBytes = 3 * maxBodyBytes;
const maxFootnotes = 1000;
// More blocks make over a megabyte of clean HTML, but only after their inline parsing has been paid for.
const maxBlocks = 500_000;

export interface WrittenBody {
  markdown?: string | undefined;
  html?: string | undefined;
  text?: string | undefined;
}

/** Clean HTML of CommonMark with tables and footnotes, of HTML or of plain text. Throws TooLargeError or InvalidArticleError. */
export function renderBody(body: WrittenBody, place: Place): string {
  // Before parsing, since the size bounds what a crafted text can cost.
  assertSize(body.markdown ?? body.html ?? body.text ?? '', 'body');
  const written = toHtml(body);
  assertSize(written, "body's HTML, before it is cleaned,", maxWrittenBytes);
  assertFit(body, findTooManyOpenTags(written));
  const clean = cleanHtml(written, place);
  assertFit(body, findStackedMarks(clean));
  const html = normalize(clean);
  assertSize(html, "body's clean HTML");
  const portable = portableHtml(html, place.slug, { baseUrl: place.baseUrl, media: {} });
  assertSize(portable, "body's clean HTML, with its addresses absolute,", maxPortableBytes);
  // Again, since character references can spell what the text may not contain.
  assertFit(body, findForbiddenCharacter(html));
  return html;
}

function toHtml({ markdown, html, text }: WrittenBody): string {
  if (markdown !== undefined) return parser.render(markdown, {});
  if (html !== undefined) return html;
  const paragraphs = (text ?? '').split(/\n\s*\n/).filter((paragraph) => paragraph.trim() !== '');
  return paragraphs
    .map((paragraph) => `<p>${parser.utils.escapeHtml(paragraph.trim()).replaceAll('\n', '<br>')}</p>`)
    .join('\n');
}

const parser = new MarkdownIt({ html: true }).use(footnotePlugin);

// By default the second reference to a note reads [1:1].
parser.renderer.rules.footnote_caption = (tokens, index) => `[${Number(tokens[index]?.meta?.id) + 1}]`;

parser.core.ruler.after('block', 'bound_blocks', ({ tokens }) => {
  if (tokens.length > maxBlocks)
    throw new TooLargeError(
      `The body has ${written(tokens.length)} starts and ends of paragraphs, list items and so on; ` +
        `at most ${written(maxBlocks)} are allowed`,
    );
});

// The plug-in copies the whole document for each note: 60,000 took it a minute.
parser.core.ruler.before('footnote_tail', 'bound_footnotes', ({ env }) => {
  const { footnotes } = env as { footnotes?: { list?: unknown[] } };
  const count = footnotes?.list?.length ?? 0;
  if (count > maxFootnotes)
    throw new InvalidArticleError([
      {
        pointer: '/markdown',
        message: `has ${written(count)} footnotes; at most ${written(maxFootnotes)} are allowed`,
      },
    ]);
});

// Again, since character references can spell these too. NFC only between tags: `>` and a combining stroke would compose to one
// character, which ends no tag.
function normalize(html: string): string {
  return html.replace(/[^<>]+/g, (part) => part.normalize('NFC').replace(/\r\n?/g, '\n'));
}

// The plug-in looks for the end of a label from each `[^` on; no label that people write is as long as this.
const endlessLabel = /\[\^[^\s\]]{1000}/y;

parser.inline.ruler.before('footnote_ref', 'endless_label', (state, silent) => {
  endlessLabel.lastIndex = state.pos;
  if (!endlessLabel.test(state.src)) return false;
  if (!silent) state.pending += '[';
  state.pos += 1;
  return true;
});

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
