import { gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { httpRules } from '../../infra/tools/lint/http-rules.ts';
import { lintAddress } from '../../infra/tools/lint/lint-address.ts';
import { type Change, documentAt, modified, serve } from '../support/feed-server.ts';

const without =
  (name: string): Change =>
  ({ headers }) => {
    delete headers[name];
  };

/** The rule, how the server breaks it, and the change. */
const offences: [rule: string, how: string, change: Change][] = [
  ['http-status', 'has nothing there', (reply) => Object.assign(reply, { status: 404 })],
  [
    'media-type',
    'calls it JSON',
    ({ headers }) => Object.assign(headers, { 'content-type': 'application/json' }),
  ],
  [
    'http-utf8',
    'writes Latin-1',
    (reply, { headers, method }) => {
      if (headers['accept-encoding'] !== 'gzip' && method === 'GET' && reply.status === 200)
        reply.body = Buffer.from(String(reply.body).replace('The', '\u00FE'), 'latin1');
      else if (reply.status === 200 && method === 'GET') reply.headers.etag = 'W/"packed"';
    },
  ],
  ['http-etag', 'has no ETag', without('etag')],
  ['http-last-modified', 'has no Last-Modified', without('last-modified')],
  [
    'http-future',
    'is ahead of its own time',
    ({ headers }) => Object.assign(headers, { date: 'Mon, 02 Mar 2026 09:59:59 GMT' }),
  ],
  [
    'http-not-modified',
    'always sends the document',
    (reply, { url, headers }) => {
      if (reply.status === 304 && headers['if-modified-since'])
        Object.assign(reply, { status: 200, body: documentAt(`http://${headers.host}${url}`) });
    },
  ],
  [
    'http-not-modified',
    'knows one ETag, no list',
    (reply, { headers }) => {
      if (headers['if-none-match']?.includes(',')) reply.status = 200;
    },
  ],
  [
    'http-not-modified',
    'leaves Cache-Control out of 304',
    (reply) => {
      if (reply.status === 304) delete reply.headers['cache-control'];
    },
  ],
  [
    'http-precedence',
    'looks at the date although an ETag is given',
    (reply, { headers }) => {
      if (headers['if-modified-since'] === modified) reply.status = 304;
    },
  ],
  [
    'http-head',
    'knows no HEAD',
    (reply, { method }) => {
      if (method === 'HEAD') reply.status = 405;
    },
  ],
  [
    'http-head',
    'leaves the type out of HEAD',
    (reply, { method }) => {
      if (method === 'HEAD') delete reply.headers['content-type'];
    },
  ],
  [
    'http-gzip',
    'does not compress',
    (reply, { url, headers }) => {
      if (!reply.headers['content-encoding']) return;
      delete reply.headers['content-encoding'];
      if (reply.body.length > 0) reply.body = documentAt(`http://${headers.host}${url}`);
    },
  ],
  [
    'http-gzip',
    'compresses another document',
    (reply, { headers }) => {
      if (headers['accept-encoding'] === 'gzip') reply.body = gzipSync('{}');
    },
  ],
  [
    'http-strong-etag',
    'has one strong ETag for two encodings',
    ({ headers }) => Object.assign(headers, { etag: '"one"' }),
  ],
  ['http-vary', 'does not tell that it varies', without('vary')],
  [
    'http-cache-control',
    'does not tell how long',
    ({ headers }) => Object.assign(headers, { 'cache-control': 'public' }),
  ],
  ['http-cookie', 'sets a cookie', ({ headers }) => Object.assign(headers, { 'set-cookie': 'a=b' })],
  ['http-hub', 'has no Link', without('link')],
];

test('finds nothing wrong with a good server', async () => {
  const url = await serve(() => {});

  expect(await lintAddress(url)).toEqual({ url, faults: [], isPage: false, next: [] });
});

test.each(offences)('only %s faults a server that %s', async (rule, _how, change) => {
  const url = await serve(change);

  const { faults } = await lintAddress(url);

  expect([...new Set(faults.map((fault) => fault.rule))]).toEqual([rule]);
});

test('asks for no Last-Modified of a document that readers need once', async () => {
  const url = await serve(without('last-modified'));

  expect((await lintAddress(url, { isHistory: true })).faults).toEqual([]);
});

test('each rule of HTTP is broken by a server of its own', () => {
  const broken = new Set(offences.map(([rule]) => rule));

  expect(Object.keys(httpRules).filter((rule) => !broken.has(rule))).toEqual([]);
});

test('judges the document by the address behind redirects', async () => {
  const url = await serve((reply, request) => {
    if (request.url !== '/feed.json')
      Object.assign(reply, { status: 301, headers: { location: '/feed.json' }, body: '' });
  });

  expect(await lintAddress(url.replace('feed.json', 'old.json'))).toMatchObject({ url, faults: [] });
});

test('tells where nobody answers', async () => {
  const { faults } = await lintAddress('http://127.0.0.1:9/');

  expect(faults).toEqual([
    { rule: 'http-answer', level: 'fatal', message: 'connect ECONNREFUSED 127.0.0.1:9' },
  ]);
});

test.each([
  ['discovery', ''],
  ['discovery-title', '<link rel="alternate" type="application/feed+json" href="ORIGIN/feed.json">'],
  ['discovery-address', '<link rel="alternate" title="Quay" type="application/feed+json" href="/feed.json">'],
  [
    'discovery-type',
    '<link rel="alternate" title="Quay" type="application/rss+xml" href="ORIGIN/feed.json">',
  ],
])('only %s faults a page with %j', async (rule, links) => {
  const url = await serve((reply, request) => {
    if (request.url !== '/') return;
    reply.headers['content-type'] = 'text/html';
    reply.body = `<!doctype html><head>${links.replace('ORIGIN', `http://${request.headers.host}`)}`;
  });

  const { faults, next } = await lintAddress(new URL('/', url).href);

  expect(faults.map((fault) => fault.rule)).toEqual([rule]);
  expect(next).toEqual(links === '' ? [] : [url]);
});

test('faults a next document that is not there', async () => {
  const url = await serve((reply, request) => {
    if (request.url !== '/feed.json') reply.status = 404;
    else if (reply.body.length > 0 && request.headers['accept-encoding'] !== 'gzip')
      reply.body = String(reply.body).replace(
        '"title"',
        `"next_url": "http://${request.headers.host}/2", "title"`,
      );
    else if (reply.status === 200 && reply.body.length > 0) reply.headers.etag = 'W/"packed"';
  });

  const { faults, next } = await lintAddress(url);

  expect(next).toEqual([url.replace('feed.json', '2')]);
  expect(faults).toEqual([
    { rule: 'history-resolves', level: 'error', message: `The next_url ${next[0]} gives 404` },
  ]);
});
