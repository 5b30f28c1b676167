import { expect, test } from 'vitest';
import { readJson, UnreadableJsonError, WrongTypeError } from '../../functions/write/request.ts';

function request(body: string | Uint8Array<ArrayBuffer>, headers: Record<string, string> = {}): Request {
  const all = { 'Content-Type': 'application/json', ...headers };
  return new Request('https://news.example.com/articles', { method: 'POST', body, headers: all });
}

test.each([
  ['plain', 'application/json'],
  ['with its character set', 'application/json; charset="UTF-8"'],
  ['of a narrower type', 'application/vnd.news+json'],
])('reads JSON %s', async (_what, type) => {
  expect(await readJson(request('{"title":"港口"}', { 'Content-Type': type }))).toEqual({ title: '港口' });
});

test('passes over a byte order mark', async () => {
  expect(await readJson(request('\uFEFF{}'))).toEqual({});
});

test('keeps a replacement character that the sender spelt out', async () => {
  expect(await readJson(request('{"title":"\\ufffd"}'))).toEqual({ title: '\uFFFD' });
});

test.each([
  ['nothing', ''],
  ['half a value', '{"title":'],
  ['bytes that are no text', new Uint8Array([0x22, 0xff, 0x22])],
])('refuses %s', async (_what, body) => {
  await expect(readJson(request(body))).rejects.toThrow(UnreadableJsonError);
});

test.each([
  { 'Content-Type': 'application/jsonp' },
  { 'Content-Type': 'multipart/form-data' },
  { 'Content-Type': 'application/json; charset=utf-16' },
  { 'Content-Encoding': 'br' },
])('refuses %j', async (headers) => {
  await expect(readJson(request('{}', headers))).rejects.toThrow(WrongTypeError);
});
