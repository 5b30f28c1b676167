import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  dayOf,
  daysBefore,
  httpDate,
  monthBounds,
  monthName,
  monthOf,
  readableTime,
  writtenDay,
  writtenDays,
  zonedTime,
} from '../../functions/article/calendar.ts';

test.each([
  ['2015-12-02T02:36:55.000Z', 'Asia/Shanghai', '2015-12-02T10:36:55+08:00'],
  ['2015-12-02T02:36:55.999Z', 'UTC', '2015-12-02T02:36:55.999+00:00'],
  ['2026-01-01T00:00:00.000Z', 'America/New_York', '2025-12-31T19:00:00-05:00'],
  ['2026-07-01T00:00:00.000Z', 'America/New_York', '2026-06-30T20:00:00-04:00'],
  ['2026-01-01T00:00:00.000Z', 'Asia/Kathmandu', '2026-01-01T05:45:00+05:45'],
  ['2026-01-01T00:00:00.000Z', 'Asia/Kolkata', '2026-01-01T05:30:00+05:30'],
  ['2026-01-01T00:00:00.000Z', 'America/St_Johns', '2025-12-31T20:30:00-03:30'],
  ['2026-01-01T00:00:00.000Z', 'Pacific/Kiritimati', '2026-01-01T14:00:00+14:00'],
  ['2026-01-01T16:00:00.000Z', 'Asia/Shanghai', '2026-01-02T00:00:00+08:00'],
])('%s in %s is %s', (iso, zone, shown) => {
  expect(zonedTime(iso, zone)).toBe(shown);
});

test.each([
  ['the second before the hour skipped in spring', '2026-03-29T00:59:59.000Z', '2026-03-29T01:59:59+01:00'],
  ['the second after it', '2026-03-29T01:00:00.000Z', '2026-03-29T03:00:00+02:00'],
  ['the hour repeated in autumn', '2026-10-25T00:30:00.000Z', '2026-10-25T02:30:00+02:00'],
  ['its repetition', '2026-10-25T01:30:00.000Z', '2026-10-25T02:30:00+01:00'],
])('around clock changes, %s is unambiguous', (_what, iso, shown) => {
  expect(zonedTime(iso, 'Europe/Berlin')).toBe(shown);
});

test.each([
  ['Asia/Shanghai', '1900-12-31T00:00:00.000Z', '1900-12-31T08:05:00+08:05'],
  ['America/New_York', '1000-01-01T00:00:00.000Z', '0999-12-31T19:04:00-04:56'],
  ['Africa/Monrovia', '1960-01-01T00:00:00.000Z', '1959-12-31T23:16:00-00:44'],
])('where %s had an offset with seconds, the moment stays exact', (zone, iso, shown) => {
  expect(zonedTime(iso, zone)).toBe(shown);
  expect(new Date(shown).toISOString()).toBe(iso);
});

test('a time whose year would have five digits in its zone is shown in UTC', () => {
  expect(zonedTime('9999-12-31T23:00:00.000Z', 'Asia/Shanghai')).toBe('9999-12-31T23:00:00+00:00');
  expect(zonedTime('9999-12-31T23:00:00.000Z', 'America/New_York')).toBe('9999-12-31T18:00:00-05:00');
});

test('any time in any zone is written as the same moment', () => {
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

      expect(shown).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{3})?[+-]\d\d:\d\d$/);
      expect(Math.floor(Date.parse(shown) / 1000)).toBe(Math.floor(moment.getTime() / 1000));
      expect(readableTime(moment.toISOString(), zone)).toBe(shown.slice(0, 19).replace('T', ' '));
    }),
  );
});

test.each([
  ['2015-12-02T02:36:55.999Z', 'Wed, 02 Dec 2015 02:36:55 GMT'],
  ['1000-01-01T00:00:00.000Z', 'Wed, 01 Jan 1000 00:00:00 GMT'],
  ['9999-12-31T23:59:59.000Z', 'Fri, 31 Dec 9999 23:59:59 GMT'],
])('%s is the HTTP date %s', (iso, written) => {
  expect(httpDate(iso)).toBe(written);
});

test.each([
  ['en', 'December 2, 2015'],
  ['en-GB', '2 December 2015'],
  ['zh-CN', '2015年12月2日'],
  ['de', '2. Dezember 2015'],
])('in the language %s the day is %s', (language, shown) => {
  expect(writtenDay('2015-12-01T16:00:00.000Z', 'Asia/Shanghai', language)).toBe(shown);
});

test.each([
  ['en', 'December 2 – 4, 2015', 'March 2026'],
  ['de', '2.–4. Dezember 2015', 'März 2026'],
])('in the language %s ranges and months are written out', (language, days, month) => {
  const range = writtenDays('2015-12-01T16:00:00.000Z', '2015-12-03T16:00:00.000Z', {
    timeZone: 'Asia/Shanghai',
    language,
  });

  // Versions of ICU differ in the spaces around the dash.
  expect(range.replace(/\s/g, ' ')).toBe(days);
  expect(monthName('2026-03', language)).toBe(month);
});

test.each(['th', 'fa', 'ar-SA', 'ja-u-ca-japanese'])('years are Gregorian in %s too', (language) => {
  expect(writtenDay('2015-12-01T16:00:00.000Z', 'Asia/Shanghai', language)).toMatch(/\b2015\b/);
});

test.each([
  ['2026-11-24T16:00:00.000Z', 'Asia/Shanghai', '2026-11-25'],
  ['2026-11-24T15:59:59.999Z', 'Asia/Shanghai', '2026-11-24'],
  ['2026-01-01T04:59:59.999Z', 'America/New_York', '2025-12-31'],
  ['1000-01-01T00:00:00.000Z', 'America/New_York', '0999-12-31'],
])('%s in %s is on the day %s', (iso, timeZone, day) => {
  expect(dayOf(iso, timeZone)).toBe(day);
});

test.each([
  ['2026-03-01', 1, '2026-02-28'],
  ['2028-03-01', 1, '2028-02-29'],
  ['2026-01-30', 30, '2025-12-31'],
  ['2026-11-25', 0, '2026-11-25'],
])('%s minus %i days is %s', (day, count, before) => {
  expect(daysBefore(day, count)).toBe(before);
});

test.each([
  ['2026-02-28T16:00:00.000Z', 'Asia/Shanghai', '2026-03'],
  ['2026-02-28T15:59:59.999Z', 'Asia/Shanghai', '2026-02'],
  ['2026-03-01T04:59:59.999Z', 'America/New_York', '2026-02'],
  ['1000-01-01T00:00:00.000Z', 'UTC', '1000-01'],
])('%s in %s is in the month %s', (iso, timeZone, month) => {
  expect(monthOf(iso, timeZone)).toBe(month);
});

test.each([
  ['2026-03', 'UTC', '2026-03-01T00:00:00.000Z', '2026-03-31T23:59:59.999Z'],
  ['2025-12', 'Asia/Shanghai', '2025-11-30T16:00:00.000Z', '2025-12-31T15:59:59.999Z'],
  // Clocks go forward within it.
  ['2026-03', 'Europe/Berlin', '2026-02-28T23:00:00.000Z', '2026-03-31T21:59:59.999Z'],
  ['0999-11', 'UTC', '0999-11-01T00:00:00.000Z', '0999-11-30T23:59:59.999Z'],
  ['9999-12', 'UTC', '9999-12-01T00:00:00.000Z', '9999-12-31T23:59:59.999Z'],
])('%s in %s lasts from %s to %s', (month, timeZone, since, upTo) => {
  expect(monthBounds(month, timeZone)).toEqual({ since, upTo });
});

test.each([
  'Asia/Shanghai',
  'America/New_York',
  'Europe/Berlin',
  'Australia/Lord_Howe',
  'Asia/Beirut',
  'America/Asuncion',
])('the months of %s follow each other without gaps and contain their own bounds', (timeZone) => {
  const months = Array.from({ length: 51 * 12 }, (_, index) =>
    new Date(Date.UTC(1990, index)).toISOString().slice(0, 7),
  );

  const bounds = months.map((month) => monthBounds(month, timeZone));

  const odd = months.filter((month, index) => {
    const { since = '', upTo = '' } = bounds[index] ?? {};
    const former = bounds[index - 1]?.upTo ?? '';
    const follows = index === 0 || Date.parse(since) === Date.parse(former) + 1;
    return !follows || monthOf(since, timeZone) !== month || monthOf(upTo, timeZone) !== month;
  });

  expect(odd).toEqual([]);
});
