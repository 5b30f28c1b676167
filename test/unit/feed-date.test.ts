import { expect, test } from 'vitest';
import { readDate } from '../../functions/pull/feed-date.ts';
import { expectLinear } from '../support/growth/measure.ts';

test.each([
  // RFC 822, RFC 2822 and what is taken for them.
  ['Tue, 02 Jan 2024 10:20:30 GMT', '2024-01-02T10:20:30.000Z'],
  ['Tue, 2 Jan 2024 10:20:30 +0800', '2024-01-02T02:20:30.000Z'],
  ['02 Jan 2024 10:20 +0000', '2024-01-02T10:20:00.000Z'],
  ['Tue, 02 Jan 24 10:20:30 UT', '2024-01-02T10:20:30.000Z'],
  ['Sat, 02 Jan 99 10:20:30 Z', '1999-01-02T10:20:30.000Z'],
  ['Fri, 02 Jan 2024 10:20:30 EST', '2024-01-02T15:20:30.000Z'],
  ['Tue, 02 Jul 2024 10:20:30 PDT', '2024-07-02T17:20:30.000Z'],
  ['Tue, 02 Jul 2024 10:20:30 CEST', '2024-07-02T08:20:30.000Z'],
  ['Di., 02 Jan 2024 10:20:30 +01:00', '2024-01-02T09:20:30.000Z'],
  ['星期二, 02 Jan 2024 10:20:30 +0800', '2024-01-02T02:20:30.000Z'],
  ['Tue, 02 September 2025 10:20:30 +0000', '2025-09-02T10:20:30.000Z'],
  ['Tue, 02 Sept 2025 10:20:30 +0000', '2025-09-02T10:20:30.000Z'],
  ['Tuesday, 02-Jan-24 10:20:30 GMT', '2024-01-02T10:20:30.000Z'],
  ['  Tue,  02 Jan 2024\n 10:20:30  -0000 (somewhere) ', '2024-01-02T10:20:30.000Z'],
  ['Tue Jan 02 2024 10:20:30 GMT+0800 (China Standard Time)', '2024-01-02T02:20:30.000Z'],
  ['January 2, 2024 10:20:30 JST', '2024-01-02T01:20:30.000Z'],
  ['Tue Jan  2 10:20:30 PST 2024', '2024-01-02T18:20:30.000Z'],
  // RFC 3339, ISO 8601 and W3C-DTF.
  ['2024-01-02T10:20:30Z', '2024-01-02T10:20:30.000Z'],
  ['2024-01-02T10:20:30.123456+08:00', '2024-01-02T02:20:30.123Z'],
  ['2024-01-02t10:20:30z', '2024-01-02T10:20:30.000Z'],
  ['2024-01-02T10:20-05', '2024-01-02T15:20:00.000Z'],
  ['2024-01-02 10:20:30 +0100', '2024-01-02T09:20:30.000Z'],
  ['2024-01-02 10:20:30 UTC', '2024-01-02T10:20:30.000Z'],
  ['2024/01/02 10:20:30 +0800', '2024-01-02T02:20:30.000Z'],
  ['2024-02-29T23:59:59-12:00', '2024-03-01T11:59:59.000Z'],
])('the date %j is %s', (written, understood) => {
  expect(readDate(written)).toBe(understood);
});

test.each([
  ['a time without a zone', '2024-01-02T10:20:30'],
  ['an RFC 822 time without a zone', 'Tue, 02 Jan 2024 10:20:30'],
  ['a day alone', '2024-01-02'],
  ['a month alone', '2024-01'],
  ['a day and a month that could be each other', '01/02/2024 10:20:30 GMT'],
  ['a day that does not exist', '31 Feb 2024 10:20:30 GMT'],
  ['29 February of a common year', '2023-02-29T10:20:30Z'],
  ['hour 24', '2024-01-02T24:00:00Z'],
  ['minute 60', '2024-01-02T10:60:00Z'],
  ['the year 1', '0001-01-01T00:00:00Z'],
  ['the year 99', '0099-01-01T00:00:00Z'],
  ['the zero of Windows', '1601-01-01T00:00:00Z'],
  ['the year 9999', '9999-12-31T23:59:59Z'],
  ['the zero of computers', 'Thu, 01 Jan 1970 00:00:00 GMT'],
  ['a zone of two countries', 'Tue, 02 Jan 2024 10:20:30 IST'],
  ['a zone that is none', 'Tue, 02 Jan 2024 10:20:30 XYZ'],
  ['a zone beyond all', '2024-01-02T10:20:30+15:00'],
  ['a zone of 60 minutes', '2024-01-02T10:20:30+01:60'],
  ['a military zone, whose sign RFC 822 has wrong', 'Tue, 02 Jan 2024 10:20:30 A'],
  ['a month in another language', '02 Mai 2024 10:20:30 GMT'],
  ['a number', '1704190830'],
  ['a clock of twelve hours', '02 Jan 2024 10:20 PM GMT'],
  ['words', 'yesterday'],
  ['nothing', ''],
])('refuses %s', (_what, written) => {
  expect(readDate(written)).toBeUndefined();
});

test('takes linear time', async () => {
  await expectLinear(readDate, (length) => `${' '.repeat(length)}a`, 400_000);
  await expectLinear(readDate, (length) => '('.repeat(length), 400_000);
});
