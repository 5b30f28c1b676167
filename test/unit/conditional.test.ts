import { expect, test } from 'vitest';
import { isNotModified, matchesEtag } from '../../functions/runtime/conditional.ts';

const etag = 'W/"abc"';
const lastModified = '2026-01-02T03:04:05.000Z';
const known = { etag, lastModified };

function ask(headers: Record<string, string>, validators = known): boolean {
  return isNotModified(new Headers(headers), validators);
}

test.each([
  ['the tag', 'W/"abc"'],
  ['the tag as a strong one', '"abc"'],
  ['a list that holds it', '"x", W/"abc" , "y"'],
  ['a list without spaces', '"x","abc"'],
  ['a list whose other tags hold commas', '"x,y", W/"z, abc", "abc"'],
  ['any', '*'],
  ['any, with spaces', ' * '],
])('finds its own tag in %s: %s', (_what, list) => {
  expect(matchesEtag(list, etag)).toBe(true);
  expect(ask({ 'If-None-Match': list })).toBe(true);
});

test.each([
  ['another tag', '"abcd"'],
  ['another case', '"ABC"'],
  ['a tag without its quotes', 'abc'],
  ['a list of others', '"x", W/"y"'],
  ['a tag that only holds it', '"x, abc"'],
  ['a tag that is a star', '"*"'],
  ['nothing', ''],
])('does not find it in %s: %s', (_what, list) => {
  expect(matchesEtag(list, etag)).toBe(false);
  expect(ask({ 'If-None-Match': list })).toBe(false);
});

test('compares tags that hold commas and quotes as a whole', () => {
  expect(matchesEtag('"a,b"', '"a,b"')).toBe(true);
  expect(matchesEtag('"a", "b"', '"a,b"')).toBe(false);
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
])('compares If-Modified-Since as a date: %s', (_what, date, expected) => {
  expect(ask({ 'If-Modified-Since': date })).toBe(expected);
});

test('lets If-None-Match decide alone', () => {
  const later = 'Fri, 02 Jan 2027 00:00:00 GMT';
  const earlier = 'Fri, 02 Jan 2025 00:00:00 GMT';

  expect(ask({ 'If-None-Match': '"other"', 'If-Modified-Since': later })).toBe(false);
  expect(ask({ 'If-None-Match': '', 'If-Modified-Since': later })).toBe(false);
  expect(ask({ 'If-None-Match': '"abc"', 'If-Modified-Since': earlier })).toBe(true);
});

test('modifies whatever was not asked for conditionally', () => {
  expect(ask({})).toBe(false);
});

test('knows no date while it may not be told', () => {
  const untold = { etag, lastModified: undefined };

  expect(isNotModified(new Headers({ 'If-Modified-Since': 'Fri, 02 Jan 2099 00:00:00 GMT' }), untold)).toBe(
    false,
  );
  expect(isNotModified(new Headers({ 'If-None-Match': etag }), untold)).toBe(true);
});
