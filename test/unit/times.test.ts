import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { httpDate, readableTime, writtenDay, zonedTime } from '../../functions/article/times.ts';

test.each([
  ['2015-12-02T02:36:55.000Z', 'Asia/Shanghai', '2015-12-02T10:36:55+08:00'],
  ['2015-12-02T02:36:55.999Z', 'UTC', '2015-12-02T02:36:55+00:00'],
  ['2026-01-01T00:00:00.000Z', 'America/New_York', '2025-12-31T19:00:00-05:00'],
  ['2026-07-01T00:00:00.000Z', 'America/New_York', '2026-06-30T20:00:00-04:00'],
  ['2026-01-01T00:00:00.000Z', 'Asia/Kathmandu', '2026-01-01T05:45:00+05:45'],
  ['2026-01-01T00:00:00.000Z', 'Asia/Kolkata', '2026-01-01T05:30:00+05:30'],
  ['2026-01-01T00:00:00.000Z', 'America/St_Johns', '2025-12-31T20:30:00-03:30'],
  ['2026-01-01T00:00:00.000Z', 'Pacific/Kiritimati', '2026-01-01T14:00:00+14:00'],
  ['2026-01-01T16:00:00.000Z', 'Asia/Shanghai', '2026-01-02T00:00:00+08:00'],
])('shows %s in %s as %s', (iso, zone, shown) => {
  expect(zonedTime(iso, zone)).toBe(shown);
});

test.each([
  ['the hour that is left out in spring', '2026-03-29T00:59:59.000Z', '2026-03-29T01:59:59+01:00'],
  ['the hour behind it', '2026-03-29T01:00:00.000Z', '2026-03-29T03:00:00+02:00'],
  ['an hour of autumn', '2026-10-25T00:30:00.000Z', '2026-10-25T02:30:00+02:00'],
  ['the same hour again', '2026-10-25T01:30:00.000Z', '2026-10-25T02:30:00+01:00'],
])('tells apart %s', (_what, iso, shown) => {
  expect(zonedTime(iso, 'Europe/Berlin')).toBe(shown);
});

test.each([
  ['Asia/Shanghai', '1900-12-31T00:00:00.000Z', '1900-12-31T08:05:00+08:05'],
  ['America/New_York', '1000-01-01T00:00:00.000Z', '0999-12-31T19:04:00-04:56'],
  ['Africa/Monrovia', '1960-01-01T00:00:00.000Z', '1959-12-31T23:16:00-00:44'],
])('writes the moment exactly where %s had an offset with seconds', (zone, iso, shown) => {
  expect(zonedTime(iso, zone)).toBe(shown);
  expect(new Date(shown).toISOString()).toBe(iso);
});

test('stays in UTC where the zone’s year would have five digits', () => {
  expect(zonedTime('9999-12-31T23:00:00.000Z', 'Asia/Shanghai')).toBe('9999-12-31T23:00:00+00:00');
  expect(zonedTime('9999-12-31T23:00:00.000Z', 'America/New_York')).toBe('9999-12-31T18:00:00-05:00');
});

test('names the same moment for any time in any zone', () => {
  const zones = [
    'UTC',
    'Asia/Shanghai',
    'America/New_York',
    'Asia/Kathmandu',
    'Africa/Monrovia',
    'Australia/Lord_Howe',
  ];
  const moments = fc.date({
    min: new Date('1000-01-01T00:00:00Z'),
    max: new Date('9999-12-31T23:59:59Z'),
    noInvalidDate: true,
  });

  fc.assert(
    fc.property(moments, fc.constantFrom(...zones), (moment, zone) => {
      const shown = zonedTime(moment.toISOString(), zone);

      expect(shown).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d[+-]\d\d:\d\d$/);
      expect(Math.floor(Date.parse(shown) / 1000)).toBe(Math.floor(moment.getTime() / 1000));
      expect(readableTime(moment.toISOString(), zone)).toBe(shown.slice(0, 19).replace('T', ' '));
    }),
    { numRuns: 200 },
  );
});

test.each([
  ['2015-12-02T02:36:55.999Z', 'Wed, 02 Dec 2015 02:36:55 GMT'],
  ['1000-01-01T00:00:00.000Z', 'Wed, 01 Jan 1000 00:00:00 GMT'],
  ['9999-12-31T23:59:59.000Z', 'Fri, 31 Dec 9999 23:59:59 GMT'],
])('writes %s as the HTTP date %s', (iso, written) => {
  expect(httpDate(iso)).toBe(written);
});

test.each([
  ['en', 'December 2, 2015'],
  ['en-GB', '2 December 2015'],
  ['zh-CN', '2015年12月2日'],
  ['de', '2. Dezember 2015'],
])('writes the day of the zone in the words of %s', (language, shown) => {
  expect(writtenDay('2015-12-01T16:00:00.000Z', 'Asia/Shanghai', language)).toBe(shown);
});

test.each(['th', 'fa', 'ar-SA', 'ja-u-ca-japanese'])(
  'counts years in %s as everywhere on the page',
  (language) => {
    expect(writtenDay('2015-12-01T16:00:00.000Z', 'Asia/Shanghai', language)).toMatch(/\b2015\b/);
  },
);
