import { parse } from 'parse5';
import { expect, test } from 'vitest';
import { rewriteSrcset } from '../../functions/article/body-html.ts';
import { InvalidFileError } from '../../functions/article/fault.ts';
import { renderBody } from '../../functions/article/render-body.ts';
import { parseYaml } from '../../functions/article/yaml.ts';
import { lintFeed } from '../../functions/lint/lint-feed.ts';
import { isHttpUrl, isLanguage } from '../../functions/lint/values.ts';
import { withoutSlashesAtEnd } from '../../functions/runtime/request.ts';
import { ChangeNotes } from '../../infra/tools/import/change-notes.ts';
import { lexicalHtml } from '../../infra/tools/import/ghost/lexical.ts';
import { blocksOf } from '../../infra/tools/import/pages/blocks.ts';
import { expectLinear, type Step } from '../support/growth/measure.ts';

const place = { baseUrl: 'https://news.example.com', slug: 'a-slug' };
const html = (html: string) => renderBody({ html }, place);
const markdown = (markdown: string) => renderBody({ markdown }, place);
const lint = (text: string) => lintFeed(text, {});
const rss = (inside: string) => `<rss version="2.0"><channel><title>a</title>${inside}</channel></rss>`;
const repeat = (text: string) => (length: number) => text.repeat(length / text.length);

/** Each took the square of its length; the last column is a length that took a second or more then. */
const mended: [string, Step, (length: number) => string, number][] = [
  ['a srcset of spaces', (text) => html(`<img src="/a" srcset="${text}">`), repeat(' '), 64_000],
  ['a srcset of spaces and one address', (text) => rewriteSrcset(`${text}/a`, String), repeat('\n'), 64_000],
  [
    'a srcset of spaces in a feed',
    (text) => lint(rss(`<item><description>&lt;img srcset="${text}</description></item>`)),
    repeat(' '),
    64_000,
  ],
  ['comments in a fragment', (text) => html(`<a href="#${text}">a</a>`), repeat('<!---->'), 240_000],
  [
    'comments in a mail address',
    (text) => html(`<a href="mailto:${text}">a</a>`),
    repeat('<!---->'),
    240_000,
  ],
  ['beginnings of notes', (text) => markdown(`[^1]: a\n\nb[^1] ${text}`), repeat('[^'), 24_000],
  ['fields of front matter', parseYaml, fieldsOf, 64_000],
  ['spaces of a saved page', (text) => blocksOf(parse(`<p>${text}a`), () => false), repeat(' '), 16_000],
  [
    'lists within a list of Ghost',
    (items) => lexicalHtml(`{"root":{"children":[${items}0]}}`, new ChangeNotes()),
    repeat('{"type":"listitem","children":[{"type":"list","children":[{"type":"text","text":"a"}]}]},'),
    900_000,
  ],
  ['slashes of a path', (text) => withoutSlashesAtEnd(`${text}a`), repeat('/'), 64_000],
  ['a host before a bracket', (text) => isHttpUrl(`https://${text}/[`), repeat('a'), 64_000],
  ['a language that is none', isLanguage, repeat('<'), 120_000],
  [
    'spaces in a media type',
    (text) => lintFeed(rss(''), { contentType: `application/rss+xml${text}a` }),
    repeat(' '),
    64_000,
  ],
  ['items with one fault each', (text) => lint(rss(text)), repeat('<item/>'), 60_000],
  ['empty elements', (text) => lint(`<rss><channel>${text}</channel></rss>`), repeat('<a/>'), 120_000],
  ['images of one channel', (text) => lint(rss(text)), repeat('<image/>'), 60_000],
  ['channels', (text) => lint(`<rss>${text}</rss>`), repeat('<channel><item/></channel>'), 60_000],
  ['links of a history', (text) => lint(atom(text)), repeat('<link rel="next-archive"/>'), 120_000],
  ['removals and entries', (text) => lint(atom(text)), repeat('<a:deleted-entry ref="b"/><entry/>'), 120_000],
];

function atom(inside: string): string {
  return `<feed xmlns="http://www.w3.org/2005/Atom" xmlns:a="http://purl.org/atompub/tombstones/1.0">${inside}</feed>`;
}

function fieldsOf(length: number): string {
  return Array.from({ length: length / 8 }, (_, index) => `k${index}:`.padEnd(7)).join('\n');
}

test.each(mended)('%s take time in proportion to their number', async (_what, step, textOf, length) => {
  await expectLinear(step, textOf, length);
});

test.each([
  ['brackets', `a: ${'['.repeat(60_000)}`],
  ['braces', `a: ${'{'.repeat(60_000)}`],
  ['braces that close', `a: ${'{a: '.repeat(101)}${'}'.repeat(101)}`],
  ['items on one line', `a:\n  ${'- '.repeat(30_000)}`],
  ['keys on one line', '? '.repeat(30_000)],
])(
  '%s within one another are refused before the parser runs out of stack, which can end the process',
  (_what, yaml) => {
    expect(() => parseYaml(yaml)).toThrow(InvalidFileError);
    expect(() => parseYaml(yaml)).toThrow('is nested too deeply');
  },
);

test('brackets within quotes are no depth, and nor are the fields of a list', () => {
  const item = '  - {a: [b, "[[["], c: d}\n';

  expect(parseYaml(`a: "${'['.repeat(200)}"\nb:\n${item.repeat(200)}`).value).toMatchObject({
    a: '['.repeat(200),
  });
});

test.each([
  ['XML', rss('<a>'.repeat(200_000)), 'xml-well-formed', 'nests more than 200 elements'],
  [
    'JSON',
    `{"version":"https://jsonfeed.org/version/1.1","_a":${'['.repeat(200_000)}${']'.repeat(200_000)}}`,
    'json-characters',
    'Nests more than 200 values',
  ],
])('%s of endless depth is a finding', (_what, text, rule, message) => {
  expect(lint(text).find((fault) => fault.rule === rule)?.message).toContain(message);
});
