import { createHash } from 'node:crypto';
import { Sha256 } from '@aws-crypto/sha256-js';
import { SignatureV4 } from '@smithy/signature-v4';
import { expect, test } from 'vitest';
import { echo, lambda, route, stageOf } from './assembly.ts';

const body = '{"title":"港口"}';

function signedStage() {
  const signed = route('ANY /articles/{proxy+}', 'Echo', { AuthorizationType: 'AWS_IAM' });
  return stageOf({ Echo: echo }, { ...lambda('Echo'), ...signed });
}

interface Call {
  method: string;
  path: string;
  query: Record<string, string | string[]>;
  headers: Record<string, string>;
  body: string;
}

/** Signs a call as the SDK does, and may change it after that. */
async function call(
  url: string,
  given: Partial<Call> = {},
  {
    change = (call: Call) => call,
    key = 'local',
    service = 'execute-api',
    secret = 'local',
    region = 'eu-central-1',
    checksum = true,
  } = {},
) {
  const { host, hostname } = new URL(url);
  const signer = new SignatureV4({
    credentials: { accessKeyId: key, secretAccessKey: secret },
    region,
    service,
    sha256: Sha256,
    applyChecksum: checksum,
  });
  const plain = { method: 'PUT', path: '/articles/a', query: {}, body, ...given };
  const headers = { host, 'content-type': 'application/json', ...given.headers };
  const signed = await signer.sign({ protocol: 'http:', hostname, ...plain, headers });
  const sent = change({ ...plain, headers: signed.headers });
  const query = new URLSearchParams(
    Object.entries(sent.query).flatMap(([name, values]) =>
      [values].flat().map((value): [string, string] => [name, value]),
    ),
  );
  return fetch(`${url}${sent.path}?${String(query).replaceAll('+', '%20')}`, {
    method: sent.method,
    headers: sent.headers,
    ...(sent.method !== 'GET' && { body: sent.body }),
  });
}

test.each([
  ['a body', {}, {}],
  ['a path that is percent-encoded', { path: '/articles/%E6%B8%AF%20x' }, {}],
  ['a query', { method: 'GET', body: '', query: { b: ['2', '1'], a: 'x y+z/ä', empty: '' } }, {}],
  ['no checksum of its own', {}, { checksum: false }],
  ['no body', { method: 'DELETE', body: '' }, {}],
  ['another region', {}, { region: 'us-east-1' }],
])('accepts what the SDK signs with %s', async (_what, given, options) => {
  const stage = await signedStage();

  expect((await call(stage.url, given, options)).status).toBe(200);
});

test.each([
  ['another body', { change: (sent: Call) => ({ ...sent, body: '{}' }) }],
  ['another method', { change: (sent: Call) => ({ ...sent, method: 'POST' }) }],
  ['another path', { change: (sent: Call) => ({ ...sent, path: '/articles/b' }) }],
  ['another query', { change: (sent: Call) => ({ ...sent, query: { a: '1' } }) }],
  ['another signed header', { change: header('content-type', 'text/plain') }],
  ['a hash of the body that is not its own', { change: header('x-amz-content-sha256', '0'.repeat(64)) }],
  ['no signature', { change: header('authorization', '') }],
  ['a signature of another length', { change: header('authorization', 'AWS4-HMAC-SHA256 Signature=00') }],
  ['another key', { key: 'other' }],
  ['another service', { service: 's3' }],
  ['another secret', { secret: 'other' }],
  ['another time', { change: header('x-amz-date', '20260131T120000Z') }],
  ['no time', { change: header('x-amz-date', '') }],
])('refuses %s', async (_what, options) => {
  const stage = await signedStage();

  const response = await call(stage.url, {}, options);

  expect([response.status, await response.text()]).toEqual([403, '{"message":"Forbidden"}']);
});

function header(name: string, value: string) {
  return (sent: Call) => ({ ...sent, headers: { ...sent.headers, [name]: value } });
}

test('refuses a body that its owner signed as unsigned', async () => {
  const stage = await signedStage();
  const headers = { 'x-amz-content-sha256': 'UNSIGNED-PAYLOAD' };

  expect((await call(stage.url, { headers })).status).toBe(403);
});

test('tells the function whose signature it was, and hands on the body that was signed', async () => {
  const stage = await signedStage();

  const event = await (await call(stage.url)).json();

  expect(event).toMatchObject({
    body,
    headers: { 'x-amz-content-sha256': createHash('sha256').update(body).digest('hex') },
    requestContext: { authorizer: { iam: { accessKey: 'local' } } },
  });
});
