import { createHmac } from 'node:crypto';
import { expect, test } from 'vitest';
import { isSigned, readIntent } from '../../functions/site/push-routes.ts';

const topic = 'https://upstream.example/rss.xml';
const secret = 'a secret';
const body = Buffer.from('<rss>港口</rss>');
const sign = (method: string, key = secret, bytes = body) =>
  `${method}=${createHmac(method, key).update(bytes).digest('hex')}`;

function said(fields: Record<string, string>): URLSearchParams {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries({ mode: 'subscribe', topic, challenge: 'c', ...fields }))
    query.set(`hub.${name}`, value);
  return query;
}

test.each([
  ['600', 600],
  ['864000', 864_000],
  ['99999999999', 2_592_000],
])('confirms what was asked for, for a lease of %s', (seconds, leaseSeconds) => {
  const intent = readIntent(said({ lease_seconds: seconds }), { topic });

  expect(intent).toEqual({ challenge: 'c', leaseSeconds });
});

test('hears a refusal', () => {
  expect(readIntent(said({ mode: 'denied', reason: 'No room' }), { topic })).toEqual({ denied: 'No room' });
});

test.each([
  ['another topic', said({ lease_seconds: '600', topic: `${topic}?` })],
  ['the end of what shall go on', said({ mode: 'unsubscribe' })],
  ['a refusal of another topic', said({ mode: 'denied', topic: 'x' })],
  ['no challenge', said({ lease_seconds: '600', challenge: '' })],
  ['no lease', said({})],
  ['a lease of nothing', said({ lease_seconds: '0' })],
  ['a lease that is no number', said({ lease_seconds: '1e9' })],
  ['no mode', new URLSearchParams({ 'hub.topic': topic, 'hub.challenge': 'c' })],
])('does not confirm %s', (_, query) => {
  expect(readIntent(query, { topic })).toBeUndefined();
});

test.each(['sha256', 'sha384', 'sha512'])('takes a delivery signed by %s', (method) => {
  expect(isSigned(body, sign(method), secret)).toBe(true);
  expect(isSigned(body, sign(method).toUpperCase(), secret)).toBe(true);
});

test.each([
  ['without a signature', undefined],
  ['with an empty one', ''],
  ['with one of no length', 'sha256='],
  ['signed by SHA-1', sign('sha1')],
  ['signed by MD5', sign('md5')],
  ['signed with another secret', sign('sha256', 'another')],
  ['signed for other bytes', sign('sha256', secret, Buffer.from('<rss/>'))],
  ['of another method than it says', sign('sha512').replace('sha512', 'sha256')],
  ['with a signature that is cut', sign('sha256').slice(0, -2)],
  ['with one that goes on', `${sign('sha256')}00`],
  ['with half a byte more', `${sign('sha256')}0`],
  ['with two of them', `${sign('sha256')}, ${sign('sha256')}`],
])('does not take a delivery %s', (_, signature) => {
  expect(isSigned(body, signature, secret)).toBe(false);
});

test('takes no more than a feed may have', () => {
  const [most, more] = [Buffer.alloc(5_000_000), Buffer.alloc(5_000_001)];

  expect(isSigned(most, sign('sha256', secret, most), secret)).toBe(true);
  expect(isSigned(more, sign('sha256', secret, more), secret)).toBe(false);
});

test('takes nothing where there is no secret', () => {
  expect(isSigned(body, sign('sha256', ''), '')).toBe(false);
});
