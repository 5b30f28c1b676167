import { expect, test } from 'vitest';
import { MissingSettingError } from '../../functions/runtime/environment.ts';
import { failureResponse, problemResponse } from '../../functions/runtime/problem.ts';
import { UnsettledError } from '../../functions/store/read-article.ts';

test('a problem is answered as in RFC 9457, with its headers', async () => {
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
  ['an error of DynamoDB', Object.assign(new Error('secret'), { $metadata: {} })],
  ['a broken connection', Object.assign(new Error('secret'), { code: 'ECONNRESET' })],
  ['a refused connection', Object.assign(new AggregateError([], 'secret'), { code: 'ECONNREFUSED' })],
  ['a failed DNS lookup', Object.assign(new Error('secret'), { code: 'EAI_AGAIN', syscall: 'getaddrinfo' })],
  ['an article that changed under every reading', new UnsettledError('secret')],
  ['a timeout', Object.assign(new Error('secret'), { name: 'TimeoutError' })],
])('after %s the client is asked to try again, and not told why', async (_what, error) => {
  const response = failureResponse(error);

  expect(response.status).toBe(503);
  expect(response.headers.get('retry-after')).toBe('5');
  expect(await response.text()).not.toContain('secret');
});

const missingFile = Object.assign(new Error('secret'), { code: 'ENOENT', syscall: 'open', path: '/secret' });
const damagedText = Object.assign(new Error('secret'), { code: 'ERR__ERROR_FORMAT_PADDING_2', errno: -16 });
const ourFault = Object.assign(new TypeError('secret'), { code: 'ERR_INVALID_ARG_TYPE' });

const permanent = ['AccessDeniedException', 'ResourceNotFoundException', 'ValidationException'].map((name) =>
  Object.assign(new Error('secret'), { name, $metadata: {} }),
);

test.each([
  ...permanent,
  new Error('secret'),
  missingFile,
  damagedText,
  ourFault,
  new MissingSettingError('SECRET'),
  'secret',
  undefined,
])('after %s the client is not asked to try again, nor told why', async (error) => {
  const response = failureResponse(error);

  expect(response.status).toBe(500);
  expect(response.headers.get('retry-after')).toBeNull();
  expect(await response.json()).toMatchObject({ status: 500, title: 'Internal Server Error' });
});
