import { expect, test } from 'vitest';
import { route } from './assembly.ts';
import { echoStage, send } from './http.ts';

test('events are of payload format 2.0', async () => {
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
])('events have the path %s as %s', async (path, rawPath) => {
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
])('events have a body of type "%s" as text or base64', async (type, text, isBase64Encoded) => {
  const stage = await echoStage();

  const response = await fetch(`${stage.url}/x`, {
    method: 'POST',
    body: Buffer.from(text),
    headers: type ? { 'content-type': type } : {},
  });

  const body = isBase64Encoded ? Buffer.from(text).toString('base64') : text;
  expect(await response.json()).toMatchObject({ body, isBase64Encoded });
});
