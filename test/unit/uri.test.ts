import { expect, test } from 'vitest';
import { writtenAsUri } from '../../functions/article/fields.ts';

test.each([
  ['https://example.com', 'https://example.com/'],
  ['HTTPS://Example.com/a b?c=d|e#f^g', 'https://example.com/a%20b?c=d%7Ce#f%5Eg'],
  ['https://example.com/港口', 'https://example.com/%E6%B8%AF%E5%8F%A3'],
  ['http://[2001:db8::1]:8080/[x]', 'http://[2001:db8::1]:8080/%5Bx%5D'],
  ['https://example.com/100%', 'https://example.com/100%25'],
  ['https://example.com/%7euser%2F', 'https://example.com/%7euser%2F'],
  ['https://example.com/a#b#c', 'https://example.com/a#b%23c'],
  ['https://example.com/a#', 'https://example.com/a#'],
])('writes %s as %s', (address, uri) => {
  expect(writtenAsUri(address)).toBe(uri);
});
