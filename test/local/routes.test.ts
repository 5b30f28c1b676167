import { describe, expect, test } from 'vitest';
import { route } from './assembly.ts';
import { echoStage, send } from './http.ts';

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
