import { expect, test } from 'vitest';
import { bodyHashOf } from '../../functions/article/article.ts';
import { parseArticleFile } from '../../functions/article/article-file.ts';
import { type ArticleInput, parseArticleInput } from '../../functions/article/article-input.ts';
import { differences } from '../../functions/article/conflicts.ts';
import { renderBody } from '../../functions/article/render-body.ts';
import { contentFileOf } from '../../infra/tools/pull.ts';

const dated = { title: 'T', publishedAt: '2026-01-02T02:00:00.000Z' };

function withHash(input: ArticleInput) {
  const { html } = renderBody(input, { baseUrl: 'https://news.example.com', slug: 'a' });
  return { ...input, bodyHash: bodyHashOf(html) };
}

test.each([
  ['Markdown', { markdown: '# A\n\n    code\n\n---\n\ntitle: x\n\n---' }],
  ['Markdown that begins and ends with empty lines', { markdown: '\n\nText\n\n\n' }],
  [
    'HTML with empty lines and indentation',
    { html: '\n<p>a\n\n    *b*</p>\n\n<pre>\n\n  c # d\n</pre>\n\n' },
  ],
  ['HTML that looks like front matter', { html: '---\ntitle: x\n---\n<p>a</p>' }],
  ['plain text', { text: '\n\n# no *Markdown*\n\n    <b>\n\n\n' }],
  ['an empty text', { text: '' }],
  [
    'what YAML would read otherwise',
    { title: 'yes: #1 - "a" \'b\' | > {c}', summary: '2026-01-02', text: 'x' },
  ],
  [
    'numbers and words as text',
    { title: '0x1F', category: 'null', tags: ['true', '1e3', '~1', '- a'], text: 'x' },
  ],
  [
    'every field',
    {
      id: 'tag:news.example.com,2026-01-02:a',
      summary: `In short: ${'long '.repeat(100)}end`,
      updatedAt: '2026-01-03T02:00:00.000Z',
      language: 'zh-CN',
      source: { name: '新闻', url: 'https://a.example/?a=1&b=2#c', credit: 'C: "d"' },
      authors: ['A', 'B'],
      category: 'C',
      tags: ['c++', '#1', '@home'],
      image: { url: '/media/a.png', alt: '- x', width: 10, height: 20, type: 'image/png', length: 30 },
      guid: '12345',
      aliases: ['old'],
      translations: ['other'],
      draft: true,
      markdown: 'x',
    },
  ],
] as const)('a content file says the same as the article: %s', (_what, fields) => {
  const article = { ...dated, ...fields };

  const file = contentFileOf(article);

  const read = parseArticleFile('a', Buffer.from(file)) as ArticleInput;
  expect(differences(withHash(read), withHash(parseArticleInput('a', article)))).toEqual([]);
});

test('a file that is pulled again stays as it is', () => {
  const first = contentFileOf({ ...dated, tags: [], draft: false, markdown: 'Text' });
  const { markdown } = parseArticleFile('a', Buffer.from(first)) as ArticleInput;

  expect(first).toBe('---\ntitle: T\npublishedAt: 2026-01-02T02:00:00.000Z\n---\n\nText\n');
  expect(contentFileOf({ ...dated, markdown })).toBe(first);
});

test('an identity that a file does not name is no difference, and everything else is', () => {
  const file = withHash(parseArticleInput('a', { ...dated, text: 'x' }));
  const article = withHash(
    parseArticleInput('a', { ...dated, text: 'y', id: 'tag:a.example,2026:a', guid: 'g', draft: true }),
  );

  expect(differences(file, article)).toEqual(['draft', 'text']);
});

test.each([
  ['format: docx', 4, '/format', 'must be markdown, html or text'],
  ['format: [html]', 4, '/format', 'must be markdown, html or text'],
])('a file that says %s is refused', (line, at, pointer, message) => {
  const text = `---\ntitle: T\npublishedAt: 2026-01-02T02:00:00Z\n${line}\n---\nx`;

  expect(() => parseArticleFile('a', Buffer.from(text))).toThrow(`line ${at}: ${pointer} ${message}`);
});
