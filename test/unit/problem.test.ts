import { expect, test } from 'vitest';
import { MissingSettingError } from '../../functions/runtime/environment.ts';
import { failureResponse, problemResponse } from '../../functions/runtime/problem.ts';
import { UnsettledError } from '../../functions/store/read-article.ts';

test('answers a problem as RFC 9457 has it, with the headers that belong to it', async () => {
  const response = problemResponse('wrong-method', {}, { Allow: 'GET' });

  expect(response.status).toBe(405);
  expect(response.headers.get('content-type')).toBe('application/problem+json');
  expect(response.headers.get('allow')).toBe('GET');
  expect(await response.json()).toEqual({
    type: '/openapi.json#/components/responses/wrong-method',
    status: 405,
    title: 'Method Not Allowed',
  });
});

test.each([
  ['an answer of the database', Object.assign(new Error('secret'), { $metadata: {} })],
  ['a broken connection', Object.assign(new Error('secret'), { code: 'ECONNRESET' })],
  ['a refused connection', Object.assign(new AggregateError([], 'secret'), { code: 'ECONNREFUSED' })],
  [
    'a name server at rest',
    Object.assign(new Error('secret'), { code: 'EAI_AGAIN', syscall: 'getaddrinfo' }),
  ],
  ['an article that never stood still', new UnsettledError('secret')],
  ['a time-out', Object.assign(new Error('secret'), { name: 'TimeoutError' })],
])('asks to come again after %s, and says nothing of it', async (_what, error) => {
  const response = failureResponse(error);

  expect(response.status).toBe(503);
  expect(response.headers.get('retry-after')).toBe('5');
  expect(await response.text()).not.toContain('secret');
});

const missingFile = Object.assign(new Error('secret'), { code: 'ENOENT', syscall: 'open', path: '/secret' });
const damagedText = Object.assign(new Error('secret'), { code: 'ERR__ERROR_FORMAT_PADDING_2', errno: -16 });
const faultOfOurs = Object.assign(new TypeError('secret'), { code: 'ERR_INVALID_ARG_TYPE' });

test.each([
  ...[new Error('secret'), missingFile, damagedText, faultOfOurs, new MissingSettingError('SECRET')],
  ...['secret', undefined],
])('says nothing of the inside after %s', async (error) => {
  const response = failureResponse(error);

  expect(response.status).toBe(500);
  expect(response.headers.get('retry-after')).toBeNull();
  expect(await response.json()).toMatchObject({ status: 500, title: 'Internal Server Error' });
});
