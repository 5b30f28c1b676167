import { brotliCompressSync, deflateSync, gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { safeFetch } from '../../functions/pull/safe-fetch.ts';
import type { Network } from '../../functions/pull/send-request.ts';
import {
  type Answers,
  answer,
  endlessly,
  from,
  get,
  networkOf,
  startHostileServer,
  told,
} from '../support/hostile-server.ts';

test('asks in the name of the site, without cookies and credentials', async () => {
  const cookie = 'Set-Cookie: a=b; Path=/';
  const { server, outcome } = await get(
    { '/': answer(302, [cookie, 'Location: /feed']), '/feed': answer(200, [cookie, 'ETag: "x"'], 'A feed') },
    '/',
    { headers: { accept: 'application/rss+xml', 'if-none-match': '"w"' } },
  );

  expect(outcome).toMatchObject({ status: 200, body: Buffer.from('A feed') });
  expect((outcome as { headers: Headers }).headers.get('etag')).toBe('"x"');
  expect(server.requests[1]?.split('\r\n')).toEqual([
    'GET /feed HTTP/1.1',
    'accept: application/rss+xml',
    'if-none-match: "w"',
    'user-agent: Newswire (+https://news.example.com)',
    'accept-encoding: gzip, br',
    `Host: upstream.example:${server.port}`,
    'Connection: close',
    '',
    '',
  ]);
});

test.each([
  ['no encoding', answer(200, [], 'A feed')],
  ['gzip', answer(200, ['Content-Encoding: gzip'], gzipSync('A feed'))],
  ['GZIP by its old name', answer(200, ['Content-Encoding: X-GZIP'], gzipSync('A feed'))],
  ['deflate', answer(200, ['Content-Encoding: deflate'], deflateSync('A feed'))],
  ['Brotli', answer(200, ['Content-Encoding: br'], brotliCompressSync('A feed'))],
  [
    'chunks',
    answer(200, ['Transfer-Encoding: chunked'], '2\r\nA \r\n4\r\nfeed\r\n0\r\nSet-Cookie: a=b\r\n\r\n'),
  ],
  ['an early hint', Buffer.concat([answer(103, ['Link: </a>']), answer(200, [], 'A feed')])],
])('reads a body in %s', async (_, bytes) => {
  const { outcome } = await get({ '/': bytes });

  expect(outcome).toMatchObject({ status: 200, body: Buffer.from('A feed') });
});

test.each([
  ['304 with an encoding and nothing in it', answer(304, ['Content-Encoding: gzip'])],
  ['redirect that leads nowhere', answer(301)],
  ['429', answer(429, ['Retry-After: 60'])],
  ['status of nobody', answer(999)],
])('a %s is an answer', async (_, bytes) => {
  const { outcome } = await get({ '/': bytes });

  expect(outcome).toMatchObject({ status: Number(String(bytes).slice(9, 12)), body: Buffer.from('') });
});

test.each<[string, Answers[string], string]>([
  ['nothing', (socket) => socket.end(), 'cannot be reached (ECONNRESET)'],
  ['another protocol', 'SSH-2.0-OpenSSH\r\n', 'does not answer in proper HTTP (HPE_INVALID_CONSTANT)'],
  [
    'a change of protocol',
    (socket) => socket.write(answer(101, ['Connection: upgrade', 'Upgrade: x'])),
    'does not answer in HTTP',
  ],
  [
    'headers without end',
    endlessly('HTTP/1.1 200 OK\r\n', `X: ${'x'.repeat(1000)}\r\n`),
    'does not answer in proper HTTP (HPE_HEADER_OVERFLOW)',
  ],
  [
    'a header that is split',
    answer(200, ['X: a\rSet-Cookie: b']),
    'does not answer in proper HTTP (HPE_LF_EXPECTED)',
  ],
  [
    'a header with NUL',
    answer(200, ['X: a\0b']),
    'does not answer in proper HTTP (HPE_INVALID_HEADER_TOKEN)',
  ],
  [
    'two lengths',
    answer(200, ['Content-Length: 2', 'Content-Length: 3'], 'abc'),
    'does not answer in proper HTTP (HPE_UNEXPECTED_CONTENT_LENGTH)',
  ],
  [
    'a length and chunks',
    answer(200, ['Content-Length: 2', 'Transfer-Encoding: chunked'], '2\r\nab\r\n0\r\n\r\n'),
    'does not answer in proper HTTP (HPE_INVALID_TRANSFER_ENCODING)',
  ],
  ['less than its length', answer(200, ['Content-Length: 9'], 'abc'), 'breaks off its answer (ECONNRESET)'],
  [
    'chunks that are cut',
    answer(200, ['Transfer-Encoding: chunked'], '5\r\nabc'),
    'breaks off its answer (ECONNRESET)',
  ],
  [
    'chunks of no length',
    (socket) => {
      socket.write(answer(200, ['Transfer-Encoding: chunked'], '2\r\nab\r\n'));
      setImmediate(() => socket.write('zz\r\nab'));
    },
    'does not answer in proper HTTP (HPE_INVALID_CHUNK_SIZE)',
  ],
  ['what is not gzip', answer(200, ['Content-Encoding: gzip'], 'A feed'), 'sends what cannot be unpacked'],
  [
    'a cut gzip',
    answer(200, ['Content-Encoding: gzip'], gzipSync('A feed').subarray(0, 20)),
    'sends what cannot be unpacked',
  ],
  [
    'what is packed twice',
    answer(200, ['Content-Encoding: gzip, gzip'], gzipSync(gzipSync('A feed'))),
    'packs its answer as gzip, gzip, which it was not asked for',
  ],
  [
    'what is packed twice, in two headers',
    answer(200, ['Content-Encoding: br', 'Content-Encoding: gzip'], gzipSync('A feed')),
    'packs its answer as br, gzip, which it was not asked for',
  ],
  [
    'an encoding of another kind',
    answer(200, ['Content-Encoding: constructor'], 'A feed'),
    'packs its answer as constructor, which it was not asked for',
  ],
])('tells the owner of %s', async (_, bytes, sentence) => {
  const { outcome } = await get({ '/': bytes });

  expect(outcome).toBe(`upstream.example ${sentence}`);
});

test.each<[string, Answers[string]]>([
  ['a body', endlessly('HTTP/1.1 200 OK\r\n\r\n', 'x'.repeat(10_000))],
  [
    'chunks',
    endlessly('HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n', `2710\r\n${'x'.repeat(10_000)}\r\n`),
  ],
  [
    'a body of a false length',
    endlessly('HTTP/1.1 200 OK\r\nContent-Length: 9000000000\r\n\r\n', 'x'.repeat(10_000)),
  ],
  [
    'a gzip that never holds anything',
    endlessly(
      'HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n\r\n\x1f\x8b\x08\x08\0\0\0\0\0\0',
      'x'.repeat(10_000),
    ),
  ],
  ['a gzip bomb', answer(200, ['Content-Encoding: gzip'], gzipSync(Buffer.alloc(30_000_000)))],
  ['a Brotli bomb', answer(200, ['Content-Encoding: br'], brotliCompressSync(Buffer.alloc(30_000_000)))],
])('ends %s that is too long', async (_, bytes) => {
  const { server, outcome } = await get({ '/': bytes }, '/', { maxBytes: 200_000 });

  expect(outcome).toBe('upstream.example sends more than 0.2 MB');
  await expect.poll(() => server.sockets.size).toBe(0);
});

test('takes a body of just as many bytes', async () => {
  const { outcome } = await get({ '/': answer(200, [], 'x'.repeat(1000)) }, '/', { maxBytes: 1000 });

  expect(outcome).toMatchObject({ status: 200 });
});

test.each<[string, Answers[string], Partial<Network>?]>([
  ['silence', () => {}],
  ['headers in drops', endlessly('HTTP/1.1 200 OK\r\n', 'X: y\r\n', 5)],
  ['early hints', endlessly('', 'HTTP/1.1 103 Early\r\nLink: </a>\r\n\r\n', 5)],
  ['a body in drops', endlessly('HTTP/1.1 200 OK\r\n\r\n', 'x', 5)],
  ['a redirect to silence', answer(302, ['Location: /silent'])],
  ['a name that nobody answers for', '', { resolve: () => new Promise(() => {}) }],
])('waits no longer than it may for %s', async (_, bytes, changes) => {
  const server = await startHostileServer({ '/': bytes, '/silent': () => {} });
  const url = `http://upstream.example:${server.port}/`;

  const network = networkOf(server, changes);
  const outcome = await safeFetch(url, { from, network, milliseconds: 150 }).catch(String);

  expect(told(String(outcome), server)).toBe('upstream.example takes too long');
  await expect.poll(() => server.sockets.size).toBe(0);
});
