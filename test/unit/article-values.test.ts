import { expect, test } from 'vitest';
import { faultsWith, parse } from './read-input.ts';

test.each([
  ['2015-12-02T10:36:55+08:00', '2015-12-02T02:36:55.000Z'],
  ['2015-12-02T02:36:55Z', '2015-12-02T02:36:55.000Z'],
  ['2024-02-29T00:00:00.123456-03:30', '2024-02-29T03:30:00.123Z'],
  ['1000-01-01T00:00:00Z', '1000-01-01T00:00:00.000Z'],
  ['9999-12-31T23:59:59Z', '9999-12-31T23:59:59.000Z'],
])('understands the date %s as %s', (written, understood) => {
  expect(parse({ publishedAt: written }).publishedAt).toBe(understood);
});

test.each([
  '2015-12-02T10:36:55',
  '2015-12-02',
  '2015-12-02T10:36Z',
  '2015-12-2T10:36:55Z',
  '2015-02-30T00:00:00Z',
  '2023-02-29T00:00:00Z',
  '2015-13-01T00:00:00Z',
  '2015-01-01T24:00:00Z',
  '2015-01-01T00:60:00Z',
  '2015-01-01T00:00:00+24:00',
  '0999-12-31T23:59:59Z',
  '9999-12-31T23:59:59-00:01',
  'Wed, 02 Dec 2015 02:36:55 GMT',
  '1449023815',
  '',
])('refuses the date "%s"', (date) => {
  expect(faultsWith({ publishedAt: date }).map(({ pointer }) => pointer)).toEqual(['/publishedAt']);
});

test('refuses an update before the publication, and takes one at the same moment in another zone', () => {
  const publishedAt = '2026-01-02T08:00:00+08:00';

  expect(faultsWith({ publishedAt, updatedAt: '2026-01-01T23:59:59Z' })).toEqual([
    { pointer: '/updatedAt', message: 'must not be earlier than publishedAt' },
  ]);
  expect(faultsWith({ publishedAt, updatedAt: '2026-01-02T00:00:00Z' })).toEqual([]);
});

test.each([
  ['EN-us', 'en-US'],
  ['zh-cn', 'zh-CN'],
  ['iw', 'he'],
])('keeps the language %s as %s', (written, kept) => {
  expect(parse({ language: written }).language).toBe(kept);
});

test.each(['Chinese', 'zh_CN', 'en-', 'x-news', ''])('refuses the language "%s"', (language) => {
  expect(faultsWith({ language })).toEqual([
    { pointer: '/language', message: 'must be a language tag such as en or zh-CN' },
  ]);
});

test.each([
  'tag:news.example.com,2026-01-31:slug',
  'urn:uuid:f81d4fae-7dec-11d0-a765-00a0c91e6bf6',
  'https://例え.jp/新聞?a=b&c=d#e',
])('takes the id %s', (id) => {
  expect(parse({ id }).id).toBe(id);
});

test.each(['slug', '/news/slug', 'tag:a b', 'tag:a\u0001', 'http://', 'https://a/<b>', 'tag:"'])(
  'refuses the id "%s", which is no absolute IRI',
  (id) => {
    expect(new Set(faultsWith({ id }).map(({ pointer }) => pointer))).toEqual(new Set(['/id']));
  },
);

test.each([
  ['HTTPS://Example.ORG/a b', 'https://example.org/a%20b'],
  ['http://例え.jp/', 'http://xn--r8jz45g.jp/'],
])('keeps the address %s as %s', (written, kept) => {
  expect(parse({ source: { name: 'n', url: written } }).source?.url).toBe(kept);
});

test.each([
  'javascript:alert(1)',
  'ftp://example.org/',
  '//example.org/',
  '/news',
  'example.org',
  'mailto:a@b.c',
])('refuses the source address %s', (url) => {
  expect(faultsWith({ source: { name: 'n', url } }).map(({ pointer }) => pointer)).toEqual(['/source/url']);
});

test.each(['/media/a.png', '/media/a_b-c.1.webp', 'https://example.org/a.png'])(
  'takes the image %s',
  (url) => {
    expect(parse({ image: { url } }).image).toEqual({ url });
  },
);

test.each([
  '/media/',
  '/media/A.png',
  '/media/../a.png',
  '/media/a/b.png',
  'media/a.png',
  'data:image/png;base64,x',
])('refuses the image %s', (url) => {
  expect(faultsWith({ image: { url } }).map(({ pointer }) => pointer)).toEqual(['/image/url']);
});

test.each([
  ['title', (text: string) => ({ title: text })],
  ['summary', (text: string) => ({ summary: text })],
  ['markdown', (text: string) => ({ markdown: text })],
  ['html', (text: string) => ({ markdown: undefined, html: text })],
  ['text', (text: string) => ({ markdown: undefined, text })],
  ['id', (text: string) => ({ id: `tag:${text}` })],
  ['source/name', (text: string) => ({ source: { name: text } })],
  ['source/credit', (text: string) => ({ source: { name: 'n', credit: text } })],
  ['authors/0', (text: string) => ({ authors: [text] })],
  ['category', (text: string) => ({ category: text })],
  ['tags/0', (text: string) => ({ tags: [text] })],
  ['image/alt', (text: string) => ({ image: { url: '/media/a.png', alt: text } })],
  ['guid', (text: string) => ({ guid: text })],
])('refuses in %s what no feed may contain, and takes what all may', (field, fields) => {
  expect(faultsWith(fields('a\u0008b'))).toEqual([
    { pointer: `/${field}`, message: expect.stringContaining('U+0008') },
  ]);
  expect(faultsWith(fields('新聞𠮷👍'))).toEqual([]);
});

test('refuses a title that shows itself otherwise than it is', () => {
  expect(faultsWith({ title: 'invoice\u202Efdp.exe' })).toEqual([
    {
      pointer: '/title',
      message: 'contains the character U+202E at position 8, which is invisible and can mislead',
    },
  ]);
});

test('composes its texts and collapses the white space of lines', () => {
  const article = parse({ title: ' Cafe\u0301\n  au lait ', markdown: 'e\u0301\r\n  a' });

  expect(article).toMatchObject({ title: 'Café au lait', markdown: 'é\n  a' });
});
