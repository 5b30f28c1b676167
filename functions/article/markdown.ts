import MarkdownIt from 'markdown-it';
import cjkFriendlyPlugin from 'markdown-it-cjk-friendly';
import footnotePlugin from 'markdown-it-footnote';
import { InvalidArticleError, TooLargeError } from './fault.ts';

const maxFootnotes = 1000;
// More blocks make over a megabyte of clean HTML, but only after their inline parsing has been paid for.
const maxBlocks = 500_000;

/** The quotation marks of a language, double and single ones; Chinese, Japanese, Korean and Hebrew keep what is written. */
const quotesByLanguage: Record<string, string[]> = {
  ...Object.fromEntries(['zh', 'ja', 'ko', 'yue', 'he', 'yi'].map((language) => [language, []])),
  ...Object.fromEntries(
    ['de', 'cs', 'sk', 'sl', 'hr', 'sr', 'bg', 'is', 'et', 'lt', 'lv'].map((language) => [
      language,
      ['„', '“', '‚', '‘'],
    ]),
  ),
  ...Object.fromEntries(
    ['es', 'it', 'ca', 'pt-PT', 'el', 'fa', 'ar'].map((language) => [language, ['«', '»', '“', '”']]),
  ),
  ...Object.fromEntries(['ru', 'uk', 'be'].map((language) => [language, ['«', '»', '„', '“']])),
  ...Object.fromEntries(['sv', 'fi'].map((language) => [language, ['”', '”', '’', '’']])),
  ...Object.fromEntries(
    ['no', 'nb', 'nn', 'fr-CH', 'it-CH', 'de-CH'].map((language) => [language, ['«', '»', '‹', '›']]),
  ),
  ...{ fr: ['«\u00A0', '\u00A0»', '‹\u00A0', '\u00A0›'], da: ['»', '«', '›', '‹'], pl: ['„', '”', '‚', '’'] },
  ...{ ro: ['„', '”', '«', '»'], hu: ['„', '”', '»', '«'] },
};
const english = ['“', '”', '‘', '’'];

type Parser = InstanceType<typeof MarkdownIt>;
type Token = ReturnType<Parser['parse']>[number];

const parsers = new Map<string, Parser>();

/** CommonMark with tables and footnotes, as HTML. With a language, quotation marks and dashes become those of its typography. */
export function markdownToHtml(markdown: string, language: string | undefined): string {
  const quotes = language === undefined ? [] : quotesOf(language);
  const parser = parsers.get(quotes.join()) ?? makeParser(quotes);
  parsers.set(quotes.join(), parser);
  return parser.render(markdown, {});
}

function quotesOf(tag: string): string[] {
  const { language, region } = new Intl.Locale(tag);
  return quotesByLanguage[`${language}-${region}`] ?? quotesByLanguage[language] ?? english;
}

function makeParser(quotes: string[]): Parser {
  const parser = new MarkdownIt({ html: true, typographer: quotes.length > 0, quotes }).use(footnotePlugin);
  parser.use(cjkFriendlyPlugin);

  // By default the second reference to a note reads [1:1].
  parser.renderer.rules.footnote_caption = (tokens, index) => `[${Number(tokens[index]?.meta?.id) + 1}]`;

  parser.core.ruler.after('block', 'bound_blocks', ({ tokens }) => {
    if (tokens.length > maxBlocks)
      throw new TooLargeError(
        `The body has ${tokens.length.toLocaleString('en')} starts and ends of paragraphs, list items and so on; ` +
          `at most ${maxBlocks.toLocaleString('en')} are allowed`,
      );
  });

  // The plug-in copies the whole document for each note: 60,000 took it a minute.
  parser.core.ruler.before('footnote_tail', 'bound_footnotes', ({ env }) => {
    const { footnotes } = env as { footnotes?: { list?: unknown[] } };
    const count = footnotes?.list?.length ?? 0;
    const message = `has ${count.toLocaleString('en')} footnotes; at most ${maxFootnotes.toLocaleString('en')} are allowed`;
    if (count > maxFootnotes) throw new InvalidArticleError([{ pointer: '/markdown', message }]);
  });

  // The plug-in looks for the end of a label from each `[^` on; no label that people write is as long as this.
  const endlessLabel = /\[\^[^\s\]]{1000}/y;
  parser.inline.ruler.before('footnote_ref', 'endless_label', (state, silent) => {
    endlessLabel.lastIndex = state.pos;
    if (!endlessLabel.test(state.src)) return false;
    if (!silent) state.pending += '[';
    state.pos += 1;
    return true;
  });

  parser.core.ruler.after('inline', 'heading_ids', ({ tokens }) => {
    for (const [index, token] of tokens.entries()) {
      if (token.type !== 'heading_open') continue;
      const id = headingId(tokens[index + 1]?.children ?? []);
      if (id) token.attrSet('id', id);
    }
  });

  // In place of the parser's own rule, which also makes © of (c), a letter of many lists.
  parser.core.ruler.at('replacements', ({ tokens, md, Token }) => {
    if (!md.options.typographer) return;
    for (const token of tokens) {
      if (token.type !== 'inline') continue;
      const isQuoting = /(?<![\p{L}\d])'(?=\S)/u.test(token.content);
      token.children = (token.children ?? []).flatMap((child) => keptAddresses(child, Token));
      replaceTexts(token.children, (text) => withDashes(withPrimes(text, isQuoting)));
    }
  });

  // What is left has found no partner: '90s, 'tis, 6" wide, and a quotation that goes on in the next paragraph.
  parser.core.ruler.after('smartquotes', 'single_signs', ({ tokens, md }) => {
    if (!md.options.typographer) return;
    const withSigns = (text: string) =>
      text
        .replace(/'(?=[\p{L}\d])/gu, '’')
        .replace(/(?<=\d)"/g, '″')
        .replace(/^"(?=\S)/, quotes[0] ?? '"');
    for (const { type, children } of tokens) if (type === 'inline') replaceTexts(children ?? [], withSigns);
  });
  return parser;
}

function replaceTexts(inlines: Token[], replace: (text: string) => string): void {
  let isAddress = false;
  for (const inline of inlines) {
    if (inline.type === 'link_open') isAddress = inline.info === 'auto';
    if (inline.type === 'link_close') isAddress = false;
    if (inline.type === 'text' && !isAddress) inline.content = replace(inline.content);
  }
}

/** Bare addresses become texts of a kind that quotation marks and dashes leave alone; the parser joins them again. */
function keptAddresses(
  inline: Token,
  makeToken: new (type: string, tag: string, nesting: 0) => Token,
): Token[] {
  if (inline.type !== 'text' || !inline.content.includes('://')) return [inline];
  return inline.content.split(/(\b[a-z]+:\/\/\S+)/i).map((content, index) => {
    const part = new makeToken(index % 2 === 1 ? 'text_special' : 'text', '', 0);
    return Object.assign(part, { content, level: inline.level });
  });
}

function withDashes(text: string): string {
  return text
    .replace(/(?<!-)---(?!-)/g, '—')
    .replace(/(?<=^|\s)--(?=\s|$)|(?<=[^-\s])--(?=[^-\s]|$)/g, '–')
    .replace(/(?<!\.)\.\.\.(?!\.)/g, '…');
}

/**
 * Feet, inches and minutes of arc: 5'10", 26' 46", and 5' where no single quotation begins; and apostrophes that could begin or end one:
 * '90s, rock 'n' roll.
 */
function withPrimes(text: string, isQuoting: boolean): string {
  const measured = text
    .replace(/(?<![\p{L}\d])'(?=\d0s\b)|(?<![\p{L}\d])'(?=n'\s)|(?<=\s['’]n|^['’]n)'(?=\s)/giu, '’')
    .replace(/(?<=\d)'(?=\s?\d+(?:\.\d+)?")/g, '′')
    .replace(/(?<=\d′\s?\d+(?:\.\d+)?)"/g, '″');
  return isQuoting ? measured : measured.replace(/(?<=\d)'(?![\p{L}\d])/gu, '′');
}

/** `{#name}` at the end of a heading, which is taken off, or else its words. */
function headingId(inlines: Token[]): string {
  const last = inlines.at(-1);
  const start =
    last?.type === 'text' && last.content.trimEnd().endsWith('}') ? last.content.lastIndexOf('{') : -1;
  const given = /^\{:?\s*#([\w:.-]+)[^}]*\}\s*$/.exec(
    start < 0 ? '' : (last?.content.slice(start) ?? ''),
  )?.[1];
  if (given && last) {
    last.content = last.content.slice(0, start).trimEnd();
    return given;
  }
  const text = inlines
    .map(({ type, content }) => (['text', 'code_inline', 'image'].includes(type) ? content : ''))
    .join('');
  return text
    .trim()
    .toLowerCase()
    .replace(/[^\p{L}\p{M}\p{N}\p{Pc}\s-]/gu, '')
    .replace(/\s/g, '-')
    .slice(0, 200);
}
