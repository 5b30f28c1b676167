import { describe, expect, test } from 'vitest';
import type { Answer } from '../../infra/tools/api/http.ts';
import { expectWellFormed, feedPaths, feedTypes, site, siteUrl } from './site.ts';

/** Bytes below which compression gains nothing. */
const leastCompressed = 1024;

describe.each(feedPaths)('%s', (path) => {
  test('is a feed', async () => {
    const { status, header, text } = await site.read(path);

    expect(status).toBe(200);
    expect(header('content-type')).toContain(feedTypes[path]);
    expect(header('cache-control')).toMatch(/public, max-age=\d+/);
    expect(text).toContain(`${siteUrl}${path}`);
    expectWellFormed(path, text);
  });

  test('answers 304 to a poll when nothing has changed', async () => {
    await poll(path, 'identity');
  });

  test('is compressed, and answers 304 then too', async ({ skip }) => {
    const [plain, packed] = [await site.read(path), await poll(path, 'gzip')];
    skip(plain.body.length < leastCompressed, 'a feed as short as this is sent as it is');

    expect(packed.header('content-encoding')).toBe('gzip');
    expect(packed.header('vary')).toMatch(/accept-encoding/i);
    expect(packed.text).toBe(plain.text);
  });
});

/** Polls with each validator that the feed came with. Returns the feed. */
async function poll(path: string, encoding: string): Promise<Answer> {
  const accept = { 'accept-encoding': encoding };
  const feed = await site.read(path, { headers: accept });
  const [etag, modified] = [feed.header('etag'), feed.header('last-modified')];
  expect(etag).toBeDefined();
  // A feed tells no time while a second change may fall into the same second.
  for (const [name, value] of [['if-none-match', etag] as const, ['if-modified-since', modified] as const]) {
    if (value === undefined) continue;
    const { status, body } = await site.read(path, { headers: { ...accept, [name]: value } });
    expect({ [name]: value, status, length: body.length }).toEqual({ [name]: value, status: 304, length: 0 });
  }
  return feed;
}
