import { describe, expect, test } from 'vitest';
import { route } from './assembly.ts';
import { echoStage, send } from './http.ts';

describe('API Gateway itself answers', () => {
  test('404 where there is no route', async () => {
    const stage = await echoStage(route('ANY /only', 'Echo'));

    expect(await send(stage.url, '/other')).toMatchObject({
      status: 404,
      headers: { 'content-type': 'application/json' },
      body: '{"message":"Not Found"}',
    });
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
  ['/a', 'ANY /a'],
  ['/%61', 'ANY /a'],
  ['/a/b', 'ANY /a/{proxy+}'],
  ['/a/b/c', 'ANY /a/{proxy+}'],
  ['/a/', 'ANY /a/{proxy+}'],
  ['/a/fixed', 'ANY /a/fixed'],
  ['/ab', 'ANY /{proxy+}'],
  ['/', 'ANY /'],
])('takes %s to the most specific route', async (path, key) => {
  const keys = ['ANY /{proxy+}', 'ANY /a/{proxy+}', 'ANY /a/fixed', 'ANY /', 'ANY /a'];
  const stage = await echoStage(Object.assign({}, ...keys.map((key) => route(key, 'Echo'))));

  const answers = await Promise.all(['GET', 'POST'].map((method) => fetch(stage.url + path, { method })));

  for (const answer of answers) expect(await answer.json()).toMatchObject({ routeKey: key });
});
