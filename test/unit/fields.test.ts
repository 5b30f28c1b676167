import { expect, test } from 'vitest';
import { toUri } from '../../functions/article/fields.ts';
import { faultsWith, parse } from './read-input.ts';

test.each([
  ['EN-us', 'en-US'],
  ['zh-cn', 'zh-CN'],
  ['iw', 'he'],
])('the language %s becomes %s', (written, kept) => {
  expect(parse({ language: written }).language).toBe(kept);
});

test.each(['Chinese', 'zh_CN', 'en-', 'x-news', ''])('the language "%s" is refused', (language) => {
  expect(faultsWith({ language })).toEqual([
    { pointer: '/language', message: 'must be a language tag such as en or zh-CN' },
  ]);
});

test.each([
  'tag:news.example.com,2026-01-31:slug',
  'urn:uuid:f81d4fae-7dec-11d0-a765-00a0c91e6bf6',
  'https://例え.jp/新聞?a=b&c=d#e',
])('the id %s is accepted', (id) => {
  expect(parse({ id }).id).toBe(id);
});

test.each(['slug', '/news/slug', 'tag:a b', 'tag:a\u0001', 'http://', 'https://a/<b>', 'tag:"'])(
  'the id "%s" is refused: it is no absolute IRI',
  (id) => {
    expect(new Set(faultsWith({ id }).map(({ pointer }) => pointer))).toEqual(new Set(['/id']));
  },
);

test.each([
  ['HTTPS://Example.ORG/a b', 'https://example.org/a%20b'],
  ['http://例え.jp/', 'http://xn--r8jz45g.jp/'],
])('the address %s becomes %s', (written, kept) => {
  expect(parse({ source: { name: 'n', url: written } }).source?.url).toBe(kept);
});

test.each([
  'javascript:alert(1)',
  'ftp://example.org/',
  '//example.org/',
  '/news',
  'example.org',
  'mailto:a@b.c',
])('the source address %s is refused', (url) => {
  expect(faultsWith({ source: { name: 'n', url } }).map(({ pointer }) => pointer)).toEqual(['/source/url']);
});

test.each(['/media/a.png', '/media/a_b-c.1.webp', 'https://example.org/a.png'])(
  'the image %s is accepted',
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
])('the image %s is refused', (url) => {
  expect(faultsWith({ image: { url } }).map(({ pointer }) => pointer)).toEqual(['/image/url']);
});

test.each([
  ['title', (text: string) => ({ title: text })],
  ['summary', (text: string) => ({ summary: text })],
  ['markdown', (text: string) => ({ markdown: text })],
  ['html', (text: string) => ({ markdown: undefined, html: text })],
  ['text', (text: string) => ({ markdown: undefined, text })],
  ['id', (text: string) => ({ id: `urn:example:${text}` })],
  ['source/name', (text: string) => ({ source: { name: text } })],
  ['source/credit', (text: string) => ({ source: { name: 'n', credit: text } })],
  ['authors/0', (text: string) => ({ authors: [text] })],
  ['category', (text: string) => ({ category: text })],
  ['tags/0', (text: string) => ({ tags: [text] })],
  ['image/alt', (text: string) => ({ image: { url: '/media/a.png', alt: text } })],
  ['guid', (text: string) => ({ guid: text })],
])('%s refuses characters that feeds cannot contain, and accepts all others', (field, fields) => {
  expect(faultsWith(fields('a\u0008b'))).toEqual([
    { pointer: `/${field}`, message: expect.stringContaining('U+0008') },
  ]);
  expect(faultsWith(fields('新聞𠮷👍'))).toEqual([]);
});

test('a title that displays as something else is refused', () => {
  expect(faultsWith({ title: 'invoice\u202Efdp.exe' })).toEqual([
    {
      pointer: '/title',
      message: 'contains the character U+202E at position 8, which is invisible and can mislead',
    },
  ]);
});

test('texts are composed, and white space in lines is collapsed', () => {
  const article = parse({ title: ' Cafe\u0301\n  au lait ', markdown: 'e\u0301\r\n  a' });

  expect(article).toMatchObject({ title: 'Café au lait', markdown: 'é\n  a' });
});

test.each([
  ['https://example.com', 'https://example.com/'],
  ['HTTPS://Example.com/a b?c=d|e#f^g', 'https://example.com/a%20b?c=d%7Ce#f%5Eg'],
  ['https://example.com/港口', 'https://example.com/%E6%B8%AF%E5%8F%A3'],
  ['http://[2001:db8::1]:8080/[x]', 'http://[2001:db8::1]:8080/%5Bx%5D'],
  ['https://example.com/100%', 'https://example.com/100%25'],
  ['https://example.com/%7euser%2F', 'https://example.com/%7euser%2F'],
  ['https://example.com/a#b#c', 'https://example.com/a#b%23c'],
  ['https://example.com/a#', 'https://example.com/a#'],
])('as a URI, %s is %s', (address, uri) => {
  expect(toUri(address)).toBe(uri);
});
