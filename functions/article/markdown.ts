import MarkdownIt from 'markdown-it';
import footnotePlugin from 'markdown-it-footnote';
import { InvalidArticleError, TooLargeError } from './fault.ts';

const maxFootnotes = 1000;
// What has more makes more than a megabyte of clean HTML, as `<li>` with its end, but at the price of its inline parsing.
const maxBlocks = 500_000;

const parser = new MarkdownIt({ html: true }).use(footnotePlugin);

// A second mark of one note would read [1:1].
parser.renderer.rules.footnote_caption = (tokens, index) => `[${Number(tokens[index]?.meta?.id) + 1}]`;

parser.core.ruler.after('block', 'bound_blocks', ({ tokens }) => {
  if (tokens.length > maxBlocks)
    throw new TooLargeError(
      `The body has ${tokens.length.toLocaleString('en')} beginnings and ends of paragraphs, list items and the like; ` +
        `at most ${maxBlocks.toLocaleString('en')} are allowed`,
    );
});

// The plug-in copies the whole document for each note: 60,000 of them took it a minute.
parser.core.ruler.before('footnote_tail', 'bound_footnotes', ({ env }) => {
  const { footnotes } = env as { footnotes?: { list?: unknown[] } };
  const count = footnotes?.list?.length ?? 0;
  if (count > maxFootnotes)
    throw new InvalidArticleError([
      {
        pointer: '/markdown',
        message: `has ${count.toLocaleString('en')} footnotes; at most ${maxFootnotes.toLocaleString('en')} are allowed`,
      },
    ]);
});

/** CommonMark with tables and footnotes as HTML that is not clean yet. Throws TooLargeError or InvalidArticleError. */
export function renderMarkdown(markdown: string): string {
  return parser.render(markdown, {});
}

export const { escapeHtml } = parser.utils;
