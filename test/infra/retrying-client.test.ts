import type { RequestListener, ServerResponse } from 'node:http';
import { expect, onTestFinished, test } from 'vitest';
import { listen } from '../../infra/local/server.ts';
import { connectionError } from '../../infra/tools/api/connection-errors.ts';
import { send } from '../../infra/tools/api/http.ts';
import { RetryingClient } from '../../infra/tools/api/retrying-client.ts';

type Reply = (response: ServerResponse) => void;

const now = Date.parse('2026-03-02T10:00:00Z');
const stored: Reply = (response) => reply(response, 200, '{"outcome": "created"}');
const dropped: Reply = (response) => response.destroy();
const cutOff: Reply = (response) => {
  response.writeHead(200, { 'content-length': 100 }).write('{"outcome"');
  setImmediate(() => response.destroy());
};

function reply(response: ServerResponse, status: number, body = '{}', headers: Record<string, string> = {}) {
  response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(body);
}

function failing(status: number, retryAfter?: string): Reply {
  return (response) => reply(response, status, '{}', retryAfter ? { 'retry-after': retryAfter } : {});
}

/** A site that gives these replies in turn, the last one for ever, and an API that does not wait but tells how long it would. */
async function apiOf(...replies: Reply[]) {
  const seen = { pauses: [] as number[], keys: [] as string[], requests: [] as string[] };
  const listener: RequestListener = async (request, response) => {
    let body = '';
    for await (const chunk of request) body += chunk;
    const { authorization = '' } = request.headers;
    seen.keys.push(/Credential=([^/]+)/.exec(authorization)?.[1] ?? '');
    seen.requests.push(`${request.method} ${request.url} ${body}`);
    const next = replies.length > 1 ? replies.shift() : replies[0];
    next?.(response);
  };
  const { server, url } = await listen(0, listener);
  onTestFinished(() => server.closeAllConnections());
  onTestFinished(() => void server.close());
  let asked = 0;
  const credentials = async () => ({ accessKeyId: `key${++asked}`, secretAccessKey: 'secret' });
  const pause = async (milliseconds: number) => seen.pauses.push(milliseconds);
  const access = { publishUrl: url, region: 'us-east-1', credentials };
  return { api: new RetryingClient(access, { pause, random: () => 0.5, now: () => now }), seen, url };
}

test.each([
  ['a broken connection', dropped, 187.5],
  ['an answer that breaks off', cutOff, 187.5],
  ['429', failing(429), 187.5],
  ['500', failing(500), 187.5],
  ['502', failing(502), 187.5],
  ['503', failing(503), 187.5],
  ['504', failing(504), 187.5],
  ['503 that names seconds', failing(503, '7'), 7125],
  ['503 that names a time', failing(503, 'Mon, 02 Mar 2026 10:00:09 GMT'), 9125],
  ['503 that names a time gone by', failing(503, 'Mon, 02 Mar 2026 09:00:00 GMT'), 187.5],
])('sends again after %s', async (_what, failure, pause) => {
  const { api, seen } = await apiOf(failure, stored);

  const answer = await api.send('PUT', '/articles/a', { title: 'A' });

  expect(answer.status).toBe(200);
  expect(seen.requests).toEqual(['PUT /articles/a {"title":"A"}', 'PUT /articles/a {"title":"A"}']);
  expect(seen.pauses).toEqual([pause]);
});

test('signs each attempt anew, for credentials do not last', async () => {
  const { api, seen } = await apiOf(failing(503), dropped, stored);

  await api.send('DELETE', '/articles/a');

  expect(seen.keys).toEqual(['key1', 'key2', 'key3']);
});

test('waits longer each time, and gives up in the end', async () => {
  const { api, seen } = await apiOf(failing(503));

  await expect(api.send('GET', '/articles')).rejects.toThrow('no answer in 8 attempts (status 503)');

  expect(seen.requests).toHaveLength(8);
  expect(seen.pauses).toEqual([187.5, 375, 750, 1500, 3000, 6000, 7500]);
});

test('does not wait for a site that asks for an hour', async () => {
  const { api, seen } = await apiOf(failing(503, '3600'));

  await expect(api.send('GET', '/articles')).rejects.toThrow(
    'the site asks to come back in 3600 s (status 503)',
  );

  expect(seen.pauses).toEqual([]);
});

test.each([
  ['a refusal', 422, 'application/problem+json'],
  ['an article that is not there', 404, 'application/problem+json'],
  ['a message of API Gateway', 413, 'application/json'],
])('hands on %s as it is', async (_what, status, type) => {
  const { api, seen } = await apiOf((response) => reply(response, status, '{}', { 'content-type': type }));

  const answer = await api.send('PUT', '/articles/a', {});

  expect(answer.status).toBe(status);
  expect(seen.requests).toHaveLength(1);
});

const date = new Date(Date.now() + 20 * 60_000).toUTCString();

test.each<[string, Reply, RegExp]>([
  [
    'nobody may sign',
    failing(403),
    /refuses the signature \(403\)\. Is it the local stage that listens there\?$/,
  ],
  [
    'the clock is wrong',
    (response) => reply(response, 403, '{}', { date }),
    /This computer's clock is (19|20) minutes behind the site's: set it right\.$/,
  ],
  ['it has no such route', failing(404), /There is no write API at http.* \(status 404\)/],
  [
    'it is another site',
    (response) => reply(response, 200, '<p>', { 'content-type': 'text/html' }),
    /There is no write API at http.* \(status 200\)/,
  ],
  [
    'it leads elsewhere',
    (response) => reply(response, 301, '', { location: 'https://example.com/' }),
    /leads to https:\/\/example\.com\/: name that address with --to$/,
  ],
])('says in words that %s', async (_what, answer, message) => {
  const { api, seen } = await apiOf(answer);

  await expect(api.send('PUT', '/articles/a', {})).rejects.toThrow(message);

  expect(seen.requests).toHaveLength(1);
});

test('asks whether the site is running where nothing listens', async () => {
  const { server, url } = await listen(0, () => {});
  await new Promise((closed) => server.close(closed));
  const credentials = { accessKeyId: 'local', secretAccessKey: 'local' };
  const api = new RetryingClient({ publishUrl: url, region: 'us-east-1', credentials });

  await expect(api.send('GET', '/articles')).rejects.toThrow(
    `Nothing answers at ${url}: is the site running? Start it with npm start, or name another with --to`,
  );
});

test.each([
  [
    'https://news.example.com',
    'ECONNREFUSED',
    'https://news.example.com takes no connections: check the address',
  ],
  ['https://nowhere.invalid', 'ENOTFOUND', 'There is no host nowhere.invalid: check the address'],
  [
    'https://news.example.com',
    'CERT_HAS_EXPIRED',
    'https://news.example.com cannot be reached: CERT_HAS_EXPIRED',
  ],
])('says why %s is not reached after %s', (url, code, message) => {
  expect(connectionError(url, Object.assign(new Error(''), { code })).message).toBe(message);
});

test('reaches every name below localhost on this machine, whatever the resolver knows', async () => {
  const { server, url } = await listen(0, (_request, response) => void response.end('here'));
  onTestFinished(() => void server.close());

  const { text } = await send(`http://news.localhost:${new URL(url).port}`);

  expect(text).toBe('here');
});
