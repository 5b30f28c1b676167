import type { LambdaEvent } from 'hono/aws-lambda';
import { expect, test } from 'vitest';
import { withEncodedPath } from '../../functions/runtime/encoded-path.ts';

test.each([
  ['/articles/a-slug', '/articles/a-slug'],
  ['/articles/a#b', '/articles/a%23b'],
  ['/articles/a?b', '/articles/a%3Fb'],
  ['/articles/a%b', '/articles/a%25b'],
  ['/articles/a\\..', '/articles/a%5C..'],
  ['/articles/a\n\0 ', '/articles/a%0A%00%20'],
  ['/tag/港口', '/tag/%E6%B8%AF%E5%8F%A3'],
])('writes the path %j as %s', (rawPath, encoded) => {
  const event = { rawPath, rawQueryString: 'a=b' } as LambdaEvent;

  expect(withEncodedPath(event)).toEqual({ rawPath: encoded, rawQueryString: 'a=b' });
  expect(new URL(`https://news.example.com${encoded}`).pathname).toBe(encoded);
});
