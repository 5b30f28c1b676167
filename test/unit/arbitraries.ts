import * as fc from 'fast-check';
import type { Article } from '../../functions/article/article.ts';
import { parseArticleInput } from '../../functions/article/article-input.ts';
import { InvalidArticleError } from '../../functions/article/fault.ts';
import { renderBody } from '../../functions/article/render-body.ts';
import { reviseArticle } from '../../functions/article/revise-article.ts';
import { textLine } from '../../functions/article/text.ts';

// What breaks markup and its escaping, in pieces that combine.
// biome-ignore format: one piece a line would take a hundred lines
const fragments = [
  ']]>', '<![CDATA[', '&', '&amp;', '&#38;', '&#x1F600;', '&nbsp;', '&lt;b&gt;', '&#824;', '<', '>', '"',
  "'", '`',
  '<b>', '</b>', '</p>', '</div>', '</article></main>', '</title>', '</textarea>', '<!--', '-->', '<?xml',
  '?>',
  '<script>alert(1)</script>', '<img src=x onerror=alert(1)>', '<svg onload=alert(1)>', '<math><mi>',
  '<style>',
  '<a href="javascript:alert(1)">', '<a title=" href=" href="/x">', '<img src="a" srcset="b 1x, c 2x">',
  '<p id="content">',
  '<table>', '<tr>', '<td>', '<li>', '<h1>', '<h6>', '<template>', '<select>', '<plaintext>', '<noscript>',
  '<iframe>',
  'true', 'false', 'null', '0', '__proto__', '$&', '$1', '{{', '${', '\\', '/', '//', '#', '*', '_', '[x](',
  '[^1]', '```',
  '\u0338', '\u0301', '\u200D', '\u200F', '\u2028', '\uFE0F', '\u0130', '\uAC00', '𠮷', '👩‍👩‍👧', '٣', ' ',
  '\u00A0', '\u3000', '\n', '\r\n', '\t',
];

export const anyText = fc
  .array(
    fc.oneof(
      { arbitrary: fc.constantFrom(...fragments), weight: 3 },
      fc.string({ unit: 'binary', maxLength: 4 }),
      fc.string({ unit: 'grapheme', maxLength: 4 }),
    ),
    { maxLength: 10 },
  )
  .map((pieces) => pieces.join(''));

/** Any text that a field of one line takes. */
export const anyLine = anyText.filter((text) => textLine(100).safeParse(text).success);
const anyLabel = anyText
  .map((text) => `a${[...text].slice(0, 40).join('')}`)
  .filter((text) => textLine(60).safeParse(text).success);
const anyUrl = fc.oneof(
  fc.webUrl({ withQueryParameters: true, withFragments: true }),
  anyText.map((text) => `https://example.org/${text}`),
);

export const place = { baseUrl: 'https://news.example.com', slug: 'any' };

const anyWrittenBody = fc.oneof(
  fc.record({ markdown: anyText }),
  fc.record({ html: anyText }),
  fc.record({ text: anyText }),
);

/** The clean HTML of any body that can be published. */
export const anyHtml = anyWrittenBody
  .map((body) => accepted(() => publish({ title: 'T', ...body }).html))
  .filter((html) => html !== undefined);

/** What a writer may send, though much of it is refused. */
export const anyInput = fc
  .tuple(
    fc.record(
      {
        title: anyLine,
        summary: anyLine,
        id: anyLine.map((text) => `tag:${text}`),
        source: fc.record({ name: anyLabel, url: anyUrl, credit: anyLine }, { requiredKeys: ['name'] }),
        authors: fc.array(anyLine, { maxLength: 3 }),
        category: anyLabel,
        tags: fc.array(anyLabel, { maxLength: 3 }),
        image: fc.record({ url: anyUrl, alt: anyLine }, { requiredKeys: ['url'] }),
        guid: anyLine,
      },
      { requiredKeys: ['title'] },
    ),
    anyWrittenBody,
  )
  .map(([fields, body]) => ({ ...fields, ...body }));

/** Any article, as the backend makes it of what a writer may send. */
export const anyPublished = anyInput
  .map((input) => accepted(() => publish(input)))
  .filter((published) => published !== undefined);

/** The article that the backend makes of an input. */
export function publish(input: object): { article: Article; html: string } {
  const parsed = parseArticleInput(place.slug, input);
  const { html } = renderBody(parsed, place);
  const article = reviseArticle({
    slug: place.slug,
    input: parsed,
    html,
    current: undefined,
    wasVisible: false,
    authority: 'news.example.com',
    generation: 0,
    now: '2026-01-02T03:04:05.000Z',
  });
  return { article, html };
}

/** Undefined when the backend refuses it. */
export function accepted<Result>(make: () => Result): Result | undefined {
  try {
    return make();
  } catch (error) {
    if (error instanceof InvalidArticleError) return undefined;
    throw error;
  }
}
