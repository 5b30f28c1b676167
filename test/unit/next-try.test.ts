import { expect, test } from 'vitest';
import { nextTry, type Try } from '../../functions/pull/next-try.ts';

const now = Date.parse('2026-03-01T00:00:00Z');

test('a source is asked again after its own interval, a little later by chance', () => {
  expect(minutesUntilNext({})).toBe(30);
  expect(minutesUntilNext({ chance: 0.5 })).toBe(31.5);
});

test('each failure doubles the pause, up to a day', () => {
  const pauses = [1, 2, 3, 10, 1000].map((failures) => minutesUntilNext({ failures }));
  expect(pauses).toEqual([60, 120, 240, 1440, 1440]);
  expect(minutesUntilNext({ failures: 1000, chance: 0.9 })).toBe(1440);
});

test.each([
  ['Retry-After', '7200', 120],
  ['Retry-After', 'Sun, 01 Mar 2026 02:00:00 GMT', 120],
  ['Retry-After', 'Sun, 01 Mar 2020 02:00:00 GMT', 30],
  ['Retry-After', 'Sun, 99 Foo 2026 02:00:00 GMT', 30],
  ['Retry-After', '-5', 30],
  ['Retry-After', '9'.repeat(20), 1440],
  ['Cache-Control', 'public, MAX-AGE=3600', 60],
  ['Cache-Control', 's-maxage=3600', 30],
  ['Cache-Control', 'max-age=60', 30],
])('%s: %s', (name, value, minutes) => {
  expect(minutesUntilNext({ headers: new Headers({ [name]: value }) })).toBe(minutes);
});

function minutesUntilNext(changes: Partial<Try>): number {
  return (nextTry({ now, every: 30, failures: 0, chance: 0, ...changes }) - now) / 60_000;
}
