import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { faultsOf, faultsWith, minimal, parse } from './read-input.ts';

test('absent fields get their defaults', () => {
  expect(parse({})).toEqual({ ...minimal, authors: [], tags: [], aliases: [], draft: false });
});

const character = '𠮷';

test.each([
  ['title', character.repeat(300), character.repeat(301)],
  ['summary', character.repeat(1000), character.repeat(1001)],
  ['category', character.repeat(60), character.repeat(61)],
  ['guid', character.repeat(1000), character.repeat(1001)],
  ['id', `urn:ab:${'x'.repeat(493)}`, `urn:ab:${'x'.repeat(494)}`],
  ['views', 1e12, 1e12 + 1],
  ['views', 0, -1],
  ['tags', Array.from({ length: 20 }, (_, index) => `t${index}`), Array.from({ length: 21 }, () => 't')],
  ['authors', Array.from({ length: 20 }, () => 'a'), Array.from({ length: 21 }, () => 'a')],
  ['aliases', Array.from({ length: 10 }, (_, index) => `a${index}`), Array.from({ length: 11 }, () => 'a')],
  [
    'translations',
    Array.from({ length: 20 }, (_, index) => `a${index}`),
    Array.from({ length: 21 }, () => 'a'),
  ],
])('%s is accepted up to its limit and refused beyond it', (field, fitting, tooMuch) => {
  expect(parse({ [field]: fitting })).toMatchObject({ [field]: fitting });
  expect(faultsWith({ [field]: tooMuch }).map(({ pointer }) => pointer)).toEqual([`/${field}`]);
});

test.each([
  ['/tags/0', (size: number) => ({ tags: ['x'.repeat(size)] }), 60],
  ['/authors/0', (size: number) => ({ authors: ['x'.repeat(size)] }), 100],
  ['/aliases/0', (size: number) => ({ aliases: ['x'.repeat(size)] }), 100],
  ['/source/name', (size: number) => ({ source: { name: 'x'.repeat(size) } }), 60],
  ['/source/credit', (size: number) => ({ source: { name: 'n', credit: 'x'.repeat(size) } }), 300],
  ['/source/url', (size: number) => ({ source: { name: 'n', url: longUrl(size) } }), 2048],
  [
    '/image/type',
    (size: number) => ({ image: { url: '/media/a.png', type: 'image/'.padEnd(size, 'x') } }),
    100,
  ],
  ['/language', (size: number) => ({ language: 'en-x-'.padEnd(size, 'abcdefg-') }), 100],
  ['/image/alt', (size: number) => ({ image: { url: '/media/a.png', alt: 'x'.repeat(size) } }), 500],
])('%s is accepted up to its limit and refused beyond it', (pointer, fields, bound) => {
  expect(faultsWith(fields(bound))).toEqual([]);
  expect(faultsWith(fields(bound + 1)).map((fault) => fault.pointer)).toEqual([pointer]);
});

function longUrl(length: number): string {
  return 'https://example.org/'.padEnd(length, 'x');
}

test.each(['a', '0', 'a-b-c', '2026-01-02-news', 'x'.repeat(100)])('the slug %s is accepted', (slug) => {
  expect(faultsWith({}, slug)).toEqual([]);
});

test.each(['', 'A', 'a_b', 'a--b', '-a', 'a-', 'ä', 'a b', 'a/b', '../a', 'a\n', 'x'.repeat(101)])(
  'the slug "%s" is refused',
  (slug) => {
    expect(faultsWith({}, slug).map(({ pointer }) => pointer)).toEqual(['/slug']);
  },
);

test('all faults are reported at once, each with its JSON pointer', () => {
  const faults = faultsOf(
    {
      title: '',
      summary: 5,
      id: 'no-scheme',
      publishedAt: '2026-01-02',
      updatedAt: 'yesterday',
      language: 'not a language',
      source: { url: 'ftp://example.org/', colour: 'red' },
      authors: 'Ann',
      category: '!!!',
      tags: ['fine', 7, ''],
      image: { url: '/media/../x', width: -1, height: 1.5, type: 'text/html', length: '9' },
      views: '930',
      guid: ' ',
      aliases: ['Fine', 'fine'],
      draft: 'yes',
      'a/b~c': true,
    },
    'Not A Slug',
  );

  expect(faults.map(({ pointer }) => pointer).sort()).toEqual(
    [
      '',
      '/slug',
      '/title',
      '/summary',
      '/id',
      '/publishedAt',
      '/updatedAt',
      '/language',
      '/source/name',
      '/source/url',
      '/source/colour',
      '/authors',
      '/category',
      '/tags/1',
      '/tags/2',
      '/image/url',
      '/image/width',
      '/image/height',
      '/image/type',
      '/image/length',
      '/views',
      '/guid',
      '/aliases/0',
      '/draft',
      '/a~1b~0c',
    ].sort(),
  );
});

test.each([
  [{}, 'needs exactly one of markdown, html and text'],
  [{ markdown: 'a', html: 'b' }, 'needs exactly one of markdown, html and text'],
  [{ markdown: 'a', html: 'b', text: 'c' }, 'needs exactly one of markdown, html and text'],
])('exactly one body is needed, not %j', (bodies, message) => {
  expect(faultsOf({ title: 'A title', ...bodies })).toEqual([{ pointer: '', message }]);
});

test.each(['markdown', 'html', 'text'])('a body may be %s', (kind) => {
  expect(faultsOf({ title: 'A title', [kind]: '' })).toEqual([]);
});

test('an unknown field is refused, even __proto__', () => {
  const faults = faultsOf(JSON.parse('{"title":"T","text":"","colour":1,"__proto__":{"draft":true}}'));

  expect(faults).toEqual([
    { pointer: '/colour', message: 'is not a known field' },
    { pointer: '/__proto__', message: 'is not a known field' },
  ]);
});

test.each([null, undefined, 'text', 5, [], [minimal]])('%j in place of fields is refused', (value) => {
  expect(faultsOf(value).map(({ pointer }) => pointer)).toContain('');
});

test.each(['aliases', 'translations'] as const)('repeated %s are dropped', (field) => {
  expect(parse({ [field]: ['old', 'older', 'old'] })[field]).toEqual(['old', 'older']);
});

test('tags that differ only in case are the same', () => {
  expect(parse({ tags: ['Port', 'Pier', 'Port', 'C', 'C++', 'C#'] }).tags).toEqual([
    'Port',
    'Pier',
    'C',
    'C++',
    'C#',
  ]);
});

test('the article’s own slug is refused among its aliases and translations', () => {
  expect(faultsWith({ aliases: ['old', 'a-slug'], translations: ['a-slug'] })).toEqual([
    { pointer: '/aliases', message: 'names the article itself' },
    { pointer: '/translations', message: 'names the article itself' },
  ]);
});

test('any JSON gives an article or faults', () => {
  const fields = Object.fromEntries(
    [
      'title',
      'markdown',
      'publishedAt',
      'updatedAt',
      'source',
      'tags',
      'image',
      'aliases',
      'translations',
    ].map((field) => [field, fc.jsonValue({ maxDepth: 2 })]),
  );

  fc.assert(
    fc.property(fc.oneof(fc.jsonValue(), fc.record(fields, { requiredKeys: [] })), (value) => {
      expect(() => faultsOf(value)).not.toThrow();
    }),
  );
});

test.each([{ aliases: 5 }, { aliases: { includes: 1 } }, { updatedAt: { toString: 1, valueOf: 1 } }])(
  '%j is a fault, not an exception',
  (fields) => {
    expect(faultsWith(fields)).toHaveLength(1);
  },
);

test.each([
  ['a list', { tags: Array.from({ length: 1000 }, () => 1) }],
  ['fields', Object.fromEntries(Array.from({ length: 1001 }, (_, index) => [`f${index}`, 1]))],
  ['depth', JSON.parse(`${'[{"a":'.repeat(100_000)}1${'}]'.repeat(100_000)}`)],
])('a huge value gives one fault: %s', (_where, value) => {
  expect(faultsOf(value)).toEqual([{ pointer: '', message: 'holds more than 1,000 values' }]);
});

test('a huge field name is not repeated in the fault', () => {
  expect(faultsOf({ ...minimal, ['x'.repeat(101)]: 1 })).toEqual([
    { pointer: '', message: 'holds a field name of more than 100 characters' },
  ]);
  expect(faultsOf({ ...minimal, ['x'.repeat(100)]: 1 })).toHaveLength(1);
});
