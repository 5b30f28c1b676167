import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import { expect, test } from 'vitest';
import { isNotModified, withEncodedPath } from '../../functions/runtime/request.ts';

test.each([
  ['/articles/a-slug', '/articles/a-slug'],
  ['/articles/a#b', '/articles/a%23b'],
  ['/articles/a?b', '/articles/a%3Fb'],
  ['/articles/a%b', '/articles/a%25b'],
  ['/articles/a\\..', '/articles/a%5C..'],
  ['/articles/a\n\0 ', '/articles/a%0A%00%20'],
  ['/tag/港口', '/tag/%E6%B8%AF%E5%8F%A3'],
])('the path %j is encoded as %s', (rawPath, encoded) => {
  const event = { rawPath, rawQueryString: 'a=b' } as APIGatewayProxyEventV2;

  expect(withEncodedPath(event)).toEqual({ rawPath: encoded, rawQueryString: 'a=b' });
  expect(new URL(`https://news.example.com${encoded}`).pathname).toBe(encoded);
});

const etag = 'W/"abc"';
const lastModified = '2026-01-02T03:04:05.000Z';
const known = { etag, lastModified };

function ask(headers: Record<string, string>, validators = known): boolean {
  return isNotModified(new Headers(headers), validators);
}

test.each([
  ['the tag', 'W/"abc"'],
  ['the tag without W/', '"abc"'],
  ['a list with it', '"x", W/"abc" , "y"'],
  ['a list without spaces', '"x","abc"'],
  ['a list of tags with commas', '"x,y", W/"z, abc", "abc"'],
  ['a star', '*'],
  ['a star between spaces', ' * '],
])('If-None-Match finds the tag in %s: %s', (_what, list) => {
  expect(ask({ 'If-None-Match': list })).toBe(true);
});

test.each([
  ['another tag', '"abcd"'],
  ['another case', '"ABC"'],
  ['a tag without its quotes', 'abc'],
  ['a list of others', '"x", W/"y"'],
  ['a tag that contains it', '"x, abc"'],
  ['a tag named *', '"*"'],
  ['nothing', ''],
])('If-None-Match does not find the tag in %s: %s', (_what, list) => {
  expect(ask({ 'If-None-Match': list })).toBe(false);
});

test('a tag with a comma is compared as a whole', () => {
  const validators = { etag: '"a,b"', lastModified };

  expect(ask({ 'If-None-Match': '"a,b"' }, validators)).toBe(true);
  expect(ask({ 'If-None-Match': '"a", "b"' }, validators)).toBe(false);
});

test.each([
  ['the same second', 'Fri, 02 Jan 2026 03:04:05 GMT', true],
  ['a later date', 'Fri, 02 Jan 2026 03:04:06 GMT', true],
  ['an earlier date', 'Fri, 02 Jan 2026 03:04:04 GMT', false],
  ['the obsolete form of RFC 850', 'Friday, 02-Jan-26 03:04:05 GMT', true],
  ['the obsolete form of asctime', 'Fri Jan  2 03:04:06 2026 GMT', true],
  ['another zone', 'Fri, 02 Jan 2026 11:04:05 +0800', true],
  ['an ISO date', '2026-01-02T03:04:05Z', true],
  ['no date', 'yesterday', false],
  ['nothing', '', false],
])('If-Modified-Since is compared as a date: %s', (_what, date, expected) => {
  expect(ask({ 'If-Modified-Since': date })).toBe(expected);
});

test('If-None-Match decides alone', () => {
  const later = 'Fri, 02 Jan 2027 00:00:00 GMT';
  const earlier = 'Fri, 02 Jan 2025 00:00:00 GMT';

  expect(ask({ 'If-None-Match': '"other"', 'If-Modified-Since': later })).toBe(false);
  expect(ask({ 'If-None-Match': '', 'If-Modified-Since': later })).toBe(false);
  expect(ask({ 'If-None-Match': '"abc"', 'If-Modified-Since': earlier })).toBe(true);
});

test('a request without conditions is answered in full', () => {
  expect(ask({})).toBe(false);
});

test('a document without a date ignores If-Modified-Since', () => {
  const undated = { etag, lastModified: undefined };

  expect(isNotModified(new Headers({ 'If-Modified-Since': 'Fri, 02 Jan 2099 00:00:00 GMT' }), undated)).toBe(
    false,
  );
  expect(isNotModified(new Headers({ 'If-None-Match': etag }), undated)).toBe(true);
});
