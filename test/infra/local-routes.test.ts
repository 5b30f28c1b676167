import { request } from 'node:http';
import { describe, expect, test } from 'vitest';
import { echo, lambda, route, stageOf } from './local-assembly.ts';

/** As sent, for what fetch would put right. */
function send(url: string, path: string, headers: Record<string, string | string[]> = {}) {
  return new Promise<{ status: number; headers: NodeJS.Dict<string | string[]>; body: string }>(
    (resolve, reject) => {
      const { hostname, port } = new URL(url);
      request({ hostname, port, path, headers }, async (response) => {
        let body = '';
        for await (const chunk of response) body += chunk;
        resolve({ status: response.statusCode ?? 0, headers: response.headers, body });
      })
        .on('error', reject)
        .end();
    },
  );
}

/** A stage whose one function answers with its own event. */
function echoStage(resources = route('ANY /{proxy+}', 'Echo'), options = {}) {
  return stageOf({ Echo: echo }, { ...lambda('Echo'), ...resources }, options);
}

/** A stage whose one function returns this. */
function answering(result: unknown) {
  const code = `exports.handler = async () => (${JSON.stringify(result)});`;
  return stageOf({ Fixed: code }, { ...lambda('Fixed'), ...route('ANY /{proxy+}', 'Fixed') });
}

describe('events', () => {
  test('are of payload format 2.0', async () => {
    const stage = await echoStage(route('ANY /{proxy+}', 'Echo'), {
      now: () => new Date('2026-03-12T19:03:58.390Z'),
    });
    const { host } = new URL(stage.url);

    const { body } = await send(stage.url, '/a/b?x=1&y=%20&x=2', {
      'X-Twice': ['one', 'two'],
      Cookie: 'a=1; b=2',
      'User-Agent': 'test',
    });

    expect(JSON.parse(body)).toEqual({
      version: '2.0',
      routeKey: 'ANY /{proxy+}',
      rawPath: '/a/b',
      rawQueryString: 'x=1&y=%20&x=2',
      cookies: ['a=1', 'b=2'],
      headers: {
        host,
        'user-agent': 'test',
        'x-twice': 'one,two',
        'x-forwarded-for': '127.0.0.1',
        'x-forwarded-port': new URL(stage.url).port,
        'x-forwarded-proto': 'http',
      },
      queryStringParameters: { x: '1,2', y: ' ' },
      pathParameters: { proxy: 'a/b' },
      requestContext: {
        accountId: '000000000000',
        apiId: 'local',
        domainName: host,
        domainPrefix: 'local',
        http: { method: 'GET', path: '/a/b', protocol: 'HTTP/1.1', sourceIp: '127.0.0.1', userAgent: 'test' },
        requestId: expect.stringMatching(/^[0-9a-f-]{36}$/),
        routeKey: 'ANY /{proxy+}',
        stage: '$default',
        time: '12/Mar/2026:19:03:58 +0000',
        timeEpoch: 1773342238390,
      },
      isBase64Encoded: false,
    });
  });

  test.each([
    ['/%E6%B8%AF', '/港'],
    ['/a%2Fb', '/a/b'],
    ['/a%3Fb?c', '/a'],
    ['/a+b', '/a+b'],
  ])('have the path %s as %s', async (path, rawPath) => {
    const stage = await echoStage();

    const { body } = await send(stage.url, path);

    expect(JSON.parse(body).rawPath).toBe(rawPath);
  });

  test.each([
    ['application/json', '{"ä":1}', false],
    ['text/markdown; charset=utf-8', 'ä', false],
    ['application/x-www-form-urlencoded', 'a=1', true],
    ['application/problem+json', '{}', true],
    ['', 'a', true],
  ])('have a body of type "%s" as text or base64', async (type, text, isBase64Encoded) => {
    const stage = await echoStage();

    const response = await fetch(`${stage.url}/x`, {
      method: 'POST',
      body: Buffer.from(text),
      headers: type ? { 'content-type': type } : {},
    });

    const body = isBase64Encoded ? Buffer.from(text).toString('base64') : text;
    expect(await response.json()).toMatchObject({ body, isBase64Encoded });
  });
});

describe('answers', () => {
  test('come from the function, cookies and all', async () => {
    const headers = { 'Content-Type': 'text/plain', ETag: '"x"', 'Content-Length': '99' };
    const stage = await answering({ statusCode: 201, headers, cookies: ['a=1', 'b=2'], body: 'ä' });

    const response = await send(stage.url, '/x');

    expect(response).toMatchObject({
      status: 201,
      headers: {
        'content-type': 'text/plain',
        etag: '"x"',
        'content-length': '2',
        'set-cookie': ['a=1', 'b=2'],
      },
      body: 'ä',
    });
  });

  test.each([
    [
      'base64',
      { statusCode: 200, isBase64Encoded: true, body: Buffer.from('png').toString('base64') },
      200,
      'png',
    ],
    ['an object that is no answer', { a: 1 }, 200, '{"a":1}'],
    ['a string', 'text', 200, 'text'],
    ['nothing', null, 200, 'null'],
    ['no status', { statusCode: 'x' }, 500, '{"message":"Internal Server Error"}'],
  ])('are made of %s', async (_what, result, status, body) => {
    const stage = await answering(result);

    expect(await send(stage.url, '/x')).toMatchObject({ status, body });
  });

  test.each([
    [{ statusCode: 200, headers: { 'content-length': '1234' } }, '1234'],
    [{ statusCode: 200, body: 'four' }, '4'],
    [{ statusCode: 200 }, null],
  ])('to HEAD have no body but its length, if known: %j', async (result, length) => {
    const stage = await answering(result);

    const response = await fetch(`${stage.url}/x`, { method: 'HEAD' });

    expect(await response.text()).toBe('');
    expect(response.headers.get('content-length')).toBe(length);
  });

  test('without content have no length', async () => {
    const stage = await answering({ statusCode: 304, headers: { etag: '"x"' }, body: '' });

    const { status, headers } = await send(stage.url, '/x');

    expect(status).toBe(304);
    expect(headers).not.toHaveProperty('content-length');
  });

  test.each([
    ['throws', 'exports.handler = async () => { throw new Error(); };', {}, 500, 'Internal Server Error'],
    [
      'takes longer than its timeout',
      'exports.handler = () => new Promise(() => {});',
      { Timeout: 1 },
      500,
      'Internal Server Error',
    ],
    ['cannot be loaded', 'throw new Error();', {}, 500, 'Internal Server Error'],
  ])('tell nothing of a function that %s', async (_what, code, properties, status, message) => {
    const stage = await stageOf(
      { Bad: code },
      { ...lambda('Bad', properties), ...route('ANY /{proxy+}', 'Bad') },
    );

    expect(await send(stage.url, '/x')).toMatchObject({ status, body: JSON.stringify({ message }) });
  });

  test('do not wait for longer than the integration does', async () => {
    const integration = { TimeoutInMillis: 50 };
    const stage = await stageOf(
      { Slow: 'exports.handler = () => new Promise(() => {});' },
      { ...lambda('Slow', { Timeout: 2 }), ...route('ANY /{proxy+}', 'Slow', {}, integration) },
    );

    expect(await send(stage.url, '/x')).toMatchObject({
      status: 503,
      body: '{"message":"Service Unavailable"}',
    });
  });
});

describe('API Gateway itself answers', () => {
  test('404 where there is no route', async () => {
    const stage = await echoStage(route('GET /only', 'Echo'));

    const other = await fetch(`${stage.url}/only`, { method: 'POST' });

    expect(await send(stage.url, '/other')).toMatchObject({
      status: 404,
      headers: { 'content-type': 'application/json' },
      body: '{"message":"Not Found"}',
    });
    expect(other.status).toBe(404);
  });

  test('413 to more than 10 MB', async () => {
    const stage = await echoStage();

    const response = await fetch(`${stage.url}/x`, {
      method: 'POST',
      body: Buffer.alloc(10 * 1024 * 1024 + 1),
    });

    expect([response.status, await response.text()]).toEqual([413, '{"message":"Request Entity Too Large"}']);
  });

  test('400 to a path that cannot be decoded', async () => {
    const stage = await echoStage();

    expect(await send(stage.url, '/%E6%B8')).toMatchObject({
      status: 400,
      body: '{"message":"Bad Request"}',
    });
  });
});

test.each([
  ['GET', '/a', 'GET /a'],
  ['POST', '/a', 'ANY /a'],
  ['GET', '/a/b', 'ANY /a/{name}'],
  ['GET', '/a/b/c', 'ANY /a/{rest+}'],
  ['GET', '/a/', 'ANY /a/{rest+}'],
  ['GET', '/a/b/fixed', 'ANY /a/{name}/fixed'],
  ['GET', '/%61', 'GET /a'],
  ['GET', '/', 'ANY /'],
  ['GET', '/b', '$default'],
])('takes %s %s to the most specific route', async (method, path, key) => {
  const keys = [
    '$default',
    'ANY /a/{rest+}',
    'ANY /a/{name}',
    'ANY /a/{name}/fixed',
    'ANY /',
    'ANY /a',
    'GET /a',
  ];
  const stage = await echoStage(Object.assign({}, ...keys.map((key) => route(key, 'Echo'))));

  const response = await fetch(stage.url + path, { method });

  expect(await response.json()).toMatchObject({ routeKey: key });
});

test.each([
  [{ AuthorizationType: 'JWT' }, {}, 'the local stage cannot authorise by JWT'],
  [{}, { PayloadFormatVersion: '1.0' }, 'payload format 2.0'],
])('refuses to start with what it cannot do: %j %j', async (properties, integration, message) => {
  await expect(echoStage(route('ANY /a', 'Echo', properties, integration))).rejects.toThrow(message);
});
