import { expect, test } from 'vitest';
import { parseArticleFile } from '../../functions/article/article-file.ts';
import type { ArticleInput } from '../../functions/article/article-input.ts';
import { InvalidFileError } from '../../functions/article/fault.ts';

function bytes(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}

function parse(text: string) {
  return parseArticleFile('a-slug', bytes(text)) as ArticleInput;
}

function faultsOf(file: string | Uint8Array, slug = 'a-slug') {
  try {
    parseArticleFile(slug, typeof file === 'string' ? bytes(file) : file);
  } catch (error) {
    if (error instanceof InvalidFileError) return error.faults;
    throw error;
  }
  return [];
}

const date = 'publishedAt: 2026-01-02T03:04:05+08:00';

/** A file whose third line on is `yaml`. */
function fileWith(yaml: string): string {
  return `---\n${date}\n${yaml}\n---\nText.\n`;
}

test('a file is fields between lines of dashes and Markdown below', () => {
  const file = [
    '---',
    'title: "A: title"',
    'publishedAt: 2015-12-02T10:36:55+08:00',
    'source: { name: River Gazette }',
    'tags:',
    '  - 云计算',
    '  - "2026"',
    'views: 930',
    'draft: true',
    '---',
    '',
    '# Heading',
    '---',
    'after a rule',
  ].join('\n');

  expect(parse(file)).toEqual({
    title: 'A: title',
    publishedAt: '2015-12-02T02:36:55.000Z',
    source: { name: 'River Gazette' },
    tags: ['云计算', '2026'],
    views: 930,
    draft: true,
    authors: [],
    aliases: [],
    markdown: '\n# Heading\n---\nafter a rule',
  });
});

test('dashes at the end of a line are text', () => {
  expect(parse(fileWith('title: before ---\nsummary: after'))).toMatchObject({
    title: 'before ---',
    summary: 'after',
  });
});

test.each([
  ['with Windows line ends', (text: string) => text.replaceAll('\n', '\r\n')],
  ['with a byte order mark', (text: string) => `\uFEFF${text}`],
  ['with both', (text: string) => `\uFEFF${text.replaceAll('\n', '\r\n')}`],
  ['with spaces after the dashes', (text: string) => text.replaceAll('---', '---  ')],
])('a file %s reads the same as one without', (_what, disguise) => {
  const file = fileWith('title: T\nsummary: |\n  one\n  two');

  expect(parse(disguise(file))).toEqual(parse(file));
});

test.each([
  ['the end of the front matter', `---\n${date}\ntitle: T\n---`],
  ['a line end after it', `---\n${date}\ntitle: T\n---\n`],
])('a file that ends with %s has an empty body', (_what, file) => {
  expect(parse(file).markdown).toBe('');
});

test.each([
  ['nothing', ''],
  ['no front matter', 'Text.\n'],
  ['one line of dashes', `---\n${date}\ntitle: T\n`],
  ['text before the front matter', `Text.\n${fileWith('title: T')}`],
  ['an empty line before the front matter', `\n${fileWith('title: T')}`],
])('a file with %s is refused', (_what, file) => {
  expect(faultsOf(file)).toEqual([
    { line: 1, pointer: '', message: 'must begin with front matter: fields between two lines of ---' },
  ]);
});

test('a file must be UTF-8', () => {
  const latin1 = Uint8Array.from([...bytes(fileWith('title: caf')), 0xe9]);

  expect(faultsOf(latin1)).toEqual([{ line: 1, pointer: '', message: 'is not UTF-8 text' }]);
});

test('every fault has its line', () => {
  const file = [
    '---',
    'title: ""',
    'tags:',
    '  - fine',
    '  - 7',
    'source:',
    '  colour: red',
    '  name: "!!!"',
    'a/b: unknown',
    'views: -1',
    '---',
    'Text.',
  ].join('\n');

  const places = faultsOf(file).map(({ line, pointer }) => `${line} ${pointer}`);

  expect(places.sort()).toEqual(
    [
      '2 /title',
      '5 /tags/1',
      '7 /source/colour',
      '8 /source/name',
      '9 /a~1b',
      '10 /views',
      '2 /publishedAt',
    ].sort(),
  );
});

test('publishedAt is required, so that every stage shows the same', () => {
  expect(faultsOf('---\ntitle: T\n---\n')).toEqual([
    { line: 2, pointer: '/publishedAt', message: 'is missing' },
  ]);
});

test('an empty date is reported once, with an example', () => {
  expect(faultsOf('---\ntitle: T\npublishedAt:\n---\n')).toEqual([
    { line: 3, pointer: '/publishedAt', message: expect.stringContaining('2015-12-02T10:36:55+08:00') },
  ]);
});

test('a body in the front matter is refused', () => {
  expect(faultsOf(fileWith('title: T\nmarkdown: hidden'))).toEqual([
    { line: 4, pointer: '/markdown', message: 'belongs below the front matter' },
  ]);
  expect(faultsOf(fileWith('title: T\nhtml: hidden'))).toEqual([
    { line: 2, pointer: '', message: 'needs exactly one of markdown, html and text' },
  ]);
});

test('a fault of the body has the line on which the body starts', () => {
  expect(faultsOf(`${fileWith('title: T')}a\u0001b\n`)).toMatchObject([{ line: 5, pointer: '/markdown' }]);
});

test('faults of the file’s name are reported first', () => {
  expect(faultsOf(fileWith('title: T'), 'Not A Slug')).toMatchObject([{ line: 2, pointer: '/slug' }]);
});

test.each([
  ['an alias', 'title: &t T\nsummary: *t', 2, 'must not use aliases (*name)'],
  [
    'a merge of an alias',
    'title: T\nsource: &s {name: n}\nimage:\n  <<: *s',
    2,
    'must not use aliases (*name)',
  ],
  ['a custom tag', 'title: !who T', 3, expect.stringContaining('begins with "!"')],
  ['code in a tag', 'title: !!js/function "function () {}"', 3, expect.stringContaining('begins with "!"')],
  ['a repeated key', 'title: T\ntitle: U', 4, 'Map keys must be unique'],
  ['a key without a colon', 'title', 3, expect.any(String)],
  ['a tab for indentation', 'title: T\nsource:\n\tname: n', 5, expect.any(String)],
  ['a depth that would exhaust the stack', `title: ${'['.repeat(9000)}`, 3, 'is nested too deeply'],
  ['more than 64 K', `title: ${'x'.repeat(65_536)}`, 2, 'has more than 65536 characters'],
])('front matter with %s is refused', (_what, yaml, line, message) => {
  expect(faultsOf(fileWith(yaml))[0]).toEqual({ line, pointer: '', message });
});

test.each([
  ['a list', '- a'],
  ['a text', 'title'],
  ['nothing', ''],
])('front matter that is %s is refused', (_what, yaml) => {
  expect(faultsOf(`---\n${yaml}\n---\n`)).toEqual([
    { line: 2, pointer: '', message: 'needs fields, such as title: …' },
  ]);
});

test('dates, numbers and booleans are accepted only in fields of their type', () => {
  const faults = faultsOf(fileWith('title: 2026\nsummary: true\ncategory: 2026-01-02\ndraft: "yes"'));

  expect(faults.map(({ line, message }) => [line, message])).toEqual([
    [3, 'must be text'],
    [4, 'must be text'],
    [6, 'must be true or false'],
  ]);
});

test.each([
  ['title: Harbour: the film', 3, 'holds a colon that begins another field: put the whole text in quotes'],
  ['title: "Harbour" opens', 3, expect.stringContaining('put the whole text in quotes')],
  ['title: @port', 3, expect.stringContaining('put the whole text in quotes')],
  ['title: [a] b', 3, expect.stringContaining('put the whole text in quotes')],
  ['title: Why C # matters', 3, 'title ends before " #", which begins a comment: put the text in quotes'],
  [
    'title: T\ntags:\n  - C # sharp',
    5,
    'tags ends before " #", which begins a comment: put the text in quotes',
  ],
  ['title: T\nimage:', 4, 'must have fields: write { url: …, alt: … }'],
  ['title: T\nimage: photo.jpg', 4, 'must have fields: write { url: …, alt: … }'],
  ['title: T\nsource: Port', 4, 'must have fields: write { name: …, url: … }'],
  ['title: T\ndate: 2026-01-01', 4, 'is not a known field: write publishedAt'],
  ['title: T\nauthor: A', 4, 'is not a known field: write authors'],
  ['title: T\nlastmod: 2026-01-01', 4, 'is not a known field: write updatedAt'],
  ['title: T\ndescription: D', 4, 'is not a known field: write summary'],
  ['title: T\npubDate: 2026-01-01', 4, 'is not a known field: write publishedAt'],
  ['title: T\nupdatedDate: 2026-01-01', 4, 'is not a known field: write updatedAt'],
  ['title: T\ncustom_excerpt: D', 4, 'is not a known field: write summary'],
  ['title: T\nslug: port', 4, 'is not a known field: write it into the address, or as the name of the file'],
  ['title: T\npermalink: /2026/port/', 4, 'is not a known field: write its end as the name of the file'],
  ['title: T\ntags: [Port, port]', 4, 'has the same address as "Port": keep one of them'],
])('%j is told in the words of whoever wrote it', (yaml, line, message) => {
  expect(faultsOf(fileWith(yaml)).find((fault) => fault.line === line)?.message).toEqual(message);
});

test('comments beside values that are no sentences are comments', () => {
  expect(parse(fileWith('title: T\ndraft: true # until Friday\n# more'))).toMatchObject({ draft: true });
});
