import { expect, test } from 'vitest';
import { monthBounds, monthOf } from '../../functions/article/month.ts';

test.each([
  ['2026-02-28T16:00:00.000Z', 'Asia/Shanghai', '2026-03'],
  ['2026-02-28T15:59:59.999Z', 'Asia/Shanghai', '2026-02'],
  ['2026-03-01T04:59:59.999Z', 'America/New_York', '2026-02'],
  ['1000-01-01T00:00:00.000Z', 'UTC', '1000-01'],
])('%s is, in %s, of %s', (iso, timeZone, month) => {
  expect(monthOf(iso, timeZone)).toBe(month);
});

test.each([
  ['2026-03', 'UTC', '2026-03-01T00:00:00.000Z', '2026-03-31T23:59:59.999Z'],
  ['2025-12', 'Asia/Shanghai', '2025-11-30T16:00:00.000Z', '2025-12-31T15:59:59.999Z'],
  // Clocks go forward within it.
  ['2026-03', 'Europe/Berlin', '2026-02-28T23:00:00.000Z', '2026-03-31T21:59:59.999Z'],
  ['0999-11', 'UTC', '0999-11-01T00:00:00.000Z', '0999-11-30T23:59:59.999Z'],
  ['9999-12', 'UTC', '9999-12-01T00:00:00.000Z', '9999-12-31T23:59:59.999Z'],
])('%s goes, in %s, from %s to %s', (month, timeZone, since, upTo) => {
  expect(monthBounds(month, timeZone)).toEqual({ since, upTo });
});

test.each([
  'Asia/Shanghai',
  'America/New_York',
  'Europe/Berlin',
  'Australia/Lord_Howe',
  'Asia/Beirut',
  'America/Asuncion',
])('the months of %s follow each other without a gap, and begin and end in themselves', (timeZone) => {
  let end = monthBounds('1989-12', timeZone).upTo;
  for (let year = 1990; year <= 2040; year++)
    for (let number = 1; number <= 12; number++) {
      const month = `${year}-${String(number).padStart(2, '0')}`;
      const { since, upTo } = monthBounds(month, timeZone);
      expect([month, Date.parse(since)]).toEqual([month, Date.parse(end) + 1]);
      expect([monthOf(since, timeZone), monthOf(upTo, timeZone)]).toEqual([month, month]);
      end = upTo;
    }
});
