import { expect, test } from 'vitest';
import { lastThreshold } from '../../functions/site/page-views.ts';

/** The numbers up to here at which a new threshold is reached. */
function thresholds(from: number, to: number): number[] {
  const numbers = Array.from({ length: to - from + 1 }, (_, index) => from + index);
  return numbers.filter((n) => lastThreshold(n) === n);
}

test('has thresholds at 1, 2, 4, 8, 16 and each 16 more', () => {
  expect(thresholds(0, 100)).toEqual([0, 1, 2, 4, 8, 16, 32, 48, 64, 80, 96]);
});

test.each([256, 512, 65_536])('has 16 thresholds from %i until twice that', (n) => {
  expect(thresholds(n, 2 * n - 1)).toHaveLength(16);
});

test('never falls while views rise', () => {
  const passed = Array.from({ length: 10_000 }, (_, n) => lastThreshold(n));

  expect(passed).toEqual([...passed].sort((a, b) => a - b));
  expect(passed.every((threshold, n) => threshold <= n && n - threshold < Math.max(16, n / 16))).toBe(true);
});
