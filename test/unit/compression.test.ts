import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { Hono } from 'hono';
import { expect, test } from 'vitest';
import { compression } from '../../functions/runtime/compression.ts';

const long = 'All the news that fits. '.repeat(100);

interface Answer {
  body?: string | null;
  status?: number;
  headers?: Record<string, string>;
}

async function answer(acceptEncoding: string | undefined, given: Answer = {}, method = 'GET') {
  const { body = long, status = 200, headers = { 'Content-Type': 'text/html; charset=utf-8' } } = given;
  const app = new Hono();
  app.use(compression);
  app.get('/', () => new Response(body, { status, headers }));
  const request = acceptEncoding === undefined ? {} : { headers: { 'Accept-Encoding': acceptEncoding } };
  const response = await app.request('/', { method, ...request });
  return { response, bytes: Buffer.from(await response.arrayBuffer()) };
}

test.each([
  ['br', 'br'],
  ['gzip', 'gzip'],
  ['gzip, deflate, br', 'br'],
  ['gzip, deflate, br, zstd', 'br'],
  ['gzip;q=1.0, br;q=0.5', 'gzip'],
  ['br;q=0, gzip', 'gzip'],
  ['br;q=0, *', 'gzip'],
  ['*', 'br'],
  ['GZIP', 'gzip'],
  ['deflate', null],
  ['identity', null],
  ['identity, gzip;q=0.5', null],
  ['br;q=0, gzip;q=0', null],
  ['*;q=0', null],
  ['', null],
  [undefined, null],
])('Accept-Encoding: %s is answered with %s', async (accepted, encoding) => {
  const { response, bytes } = await answer(accepted);

  const decode = { br: brotliDecompressSync, gzip: gunzipSync, none: (body: Buffer) => body }[
    (encoding ?? 'none') as 'br' | 'gzip' | 'none'
  ];
  expect(response.headers.get('content-encoding')).toBe(encoding);
  expect(decode(bytes).toString()).toBe(long);
});

test('a long text becomes smaller', async () => {
  const { bytes } = await answer('br');

  expect(bytes.length).toBeLessThan(long.length / 5);
});

test('a short text is not encoded, but has Vary', async () => {
  const { response, bytes } = await answer('br', { body: 'x'.repeat(1023) });

  expect(response.headers.get('content-encoding')).toBeNull();
  expect(response.headers.get('vary')).toBe('Accept-Encoding');
  expect(bytes).toHaveLength(1023);
  expect((await answer('br', { body: 'x'.repeat(1024) })).response.headers.get('content-encoding')).toBe(
    'br',
  );
});

test.each([
  'text/css; charset=utf-8',
  'application/json',
  'application/problem+json',
  'application/feed+json; charset=utf-8',
  'application/rss+xml; charset=utf-8',
  'application/xml',
])('%s is encoded', async (type) => {
  const { response } = await answer('gzip', { headers: { 'Content-Type': type } });

  expect(response.headers.get('content-encoding')).toBe('gzip');
  expect(response.headers.get('content-type')).toBe(type);
});

test.each(['image/png', 'image/svgxml', 'application/octet-stream', 'application/jsonp'])(
  '%s is not encoded and has no Vary',
  async (type) => {
    const { response } = await answer('gzip', { headers: { 'Content-Type': type } });

    expect(response.headers.get('content-encoding')).toBeNull();
    expect(response.headers.get('vary')).toBeNull();
  },
);

test('a 304 has the same Vary as a 200 and no encoding', async () => {
  const { response, bytes } = await answer('br', { body: null, status: 304, headers: { ETag: 'W/"a"' } });

  expect(response.status).toBe(304);
  expect(response.headers.get('vary')).toBe('Accept-Encoding');
  expect(response.headers.get('content-encoding')).toBeNull();
  expect(response.headers.get('etag')).toBe('W/"a"');
  expect(bytes).toHaveLength(0);
});

test('Vary is appended; status and other headers stay', async () => {
  const headers = { 'Content-Type': 'text/html', Vary: 'Accept', ETag: 'W/"a"' };

  const { response } = await answer('br', { status: 410, headers });

  expect(response.status).toBe(410);
  expect(response.headers.get('vary')).toBe('Accept, Accept-Encoding');
  expect(response.headers.get('etag')).toBe('W/"a"');
});

test('HEAD has the headers of GET and no body', async () => {
  const get = await answer('br');
  const head = await answer('br', {}, 'HEAD');

  expect([...head.response.headers]).toEqual([...get.response.headers]);
  expect(head.bytes).toHaveLength(0);
});
