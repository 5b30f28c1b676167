import { expect, test } from 'vitest';
import { dayOf, daysBefore } from '../../functions/article/day.ts';

test.each([
  ['2026-11-24T16:00:00.000Z', 'Asia/Shanghai', '2026-11-25'],
  ['2026-11-24T15:59:59.999Z', 'Asia/Shanghai', '2026-11-24'],
  ['2026-01-01T04:59:59.999Z', 'America/New_York', '2025-12-31'],
])('%s is, in %s, on %s', (iso, timeZone, day) => {
  expect(dayOf(iso, timeZone)).toBe(day);
});

test.each([
  ['2026-03-01', 1, '2026-02-28'],
  ['2028-03-01', 1, '2028-02-29'],
  ['2026-01-30', 30, '2025-12-31'],
  ['2026-11-25', 0, '2026-11-25'],
])('%s less %i days is %s', (day, count, before) => {
  expect(daysBefore(day, count)).toBe(before);
});
