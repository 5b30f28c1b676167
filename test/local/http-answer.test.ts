import { expect, test } from 'vitest';
import { lambda, route, stageOf } from './assembly.ts';
import { send } from './http.ts';

/** A stage whose one function returns this. */
function answering(result: unknown) {
  const code = `exports.handler = async () => (${JSON.stringify(result)});`;
  return stageOf({ Fixed: code }, { ...lambda('Fixed'), ...route('ANY /{proxy+}', 'Fixed') });
}

test('answers come from the function, cookies and all', async () => {
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
])('answers are made of %s', async (_what, result, status, body) => {
  const stage = await answering(result);

  expect(await send(stage.url, '/x')).toMatchObject({ status, body });
});

test.each([
  [{ statusCode: 200, headers: { 'content-length': '1234' } }, '1234'],
  [{ statusCode: 200, body: 'four' }, '4'],
  [{ statusCode: 200 }, null],
])('answers to HEAD have no body but its length, if known: %j', async (result, length) => {
  const stage = await answering(result);

  const response = await fetch(`${stage.url}/x`, { method: 'HEAD' });

  expect(await response.text()).toBe('');
  expect(response.headers.get('content-length')).toBe(length);
});

test('answers without content have no length', async () => {
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
])('answers tell nothing of a function that %s', async (_what, code, properties, status, message) => {
  const stage = await stageOf(
    { Bad: code },
    { ...lambda('Bad', properties), ...route('ANY /{proxy+}', 'Bad') },
  );

  expect(await send(stage.url, '/x')).toMatchObject({ status, body: JSON.stringify({ message }) });
});
