import { expect, test } from 'vitest';
import { dueTime, nextTry } from '../../functions/announce/send-pings.ts';

test.each([
  ['2026-06-01T12:00:00.000Z', 0, '2026-06-01T12:00:00.000Z'],
  ['2026-06-01T12:00:00.001Z', 0, '2026-06-01T12:01:00.000Z'],
  ['2026-06-01T12:00:10.000Z', 150, '2026-06-01T12:03:00.000Z'],
  ['2026-06-01T12:00:30.000Z', 150, '2026-06-01T12:03:00.000Z'],
  ['2026-06-01T12:00:31.000Z', 150, '2026-06-01T12:04:00.000Z'],
])('makes a change at %s due in the first full minute %i seconds later: %s', (now, seconds, expected) => {
  expect(dueTime(now, seconds)).toBe(expected);
});

test('doubles the wait up to an hour, and gives up after a day', () => {
  const since = '2026-06-01T12:00:10.000Z';
  const tries = [since];

  for (let next = nextTry(since, since); next; next = nextTry(since, next)) tries.push(next);

  const minutes = tries.map(
    (time, index) => (Date.parse(time) - Date.parse(tries[index - 1] ?? time)) / 60_000,
  );
  expect(tries.slice(1, 9).map((time) => time.slice(11, 16))).toEqual([
    ...['12:02', '12:03', '12:04', '12:06', '12:08', '12:12', '12:16', '12:24'],
  ]);
  expect(Math.max(...minutes)).toBe(60);
  expect(tries.at(-1)).toBe('2026-06-02T13:00:00.000Z');
  expect(tries.length).toBeLessThan(40);
});

test.each([
  ['the time that the hub asks for', 300, '12:05'],
  ['at least a minute', 5, '12:01'],
  ['at most an hour', 86_400, '13:00'],
])('retries after %s', (_, asked, expected) => {
  const now = '2026-06-01T12:00:00.000Z';

  expect(nextTry(now, now, asked)?.slice(11, 16)).toBe(expected);
});

test('retries old failures together', () => {
  const now = '2026-06-01T12:34:56.000Z';
  const changes = ['2026-06-01T01:02:03.000Z', '2026-06-01T04:05:06.000Z', '2026-06-01T10:59:59.000Z'];

  expect(new Set(changes.map((since) => nextTry(since, now)))).toEqual(new Set(['2026-06-01T13:00:00.000Z']));
});
