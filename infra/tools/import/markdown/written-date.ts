import { zonedTime } from '../../../../functions/article/calendar.ts';
import { strictDate, writtenTime } from '../../../../functions/article/fields.ts';
import { readDate } from '../../../../functions/pull/feed-date.ts';
import type { WrittenDate } from './system.ts';

/** Of July 8 2022 or 8 Jul 2022, with or without a time, the same as 2022-07-08. */
function inDigits(written: string): string {
  const [, day, month, year, time = ''] =
    /^(?:[a-z]{3,9},? )?(\d{1,2})(?:st|nd|rd|th)?[ -]([a-z]{3,9})\.?,?[ -](\d{4})(?:,? (\d.*))?$/i.exec(
      written,
    ) ?? [];
  const [, other, second, third, rest = ''] =
    /^(?:[a-z]{3,9},? )?([a-z]{3,9})\.? (\d{1,2})(?:st|nd|rd|th)?,? (\d{4})(?:,? (\d.*))?$/i.exec(written) ??
    [];
  const name = (month ?? other)?.slice(0, 3).toLowerCase();
  const number = 'jan feb mar apr may jun jul aug sep oct nov dec'.split(' ').indexOf(name ?? '') + 1;
  if (number === 0) return written.replace(/^(\d{4})[/.](\d{1,2})[/.](\d{1,2})/, '$1-$2-$3');
  return `${year ?? third}-${String(number).padStart(2, '0')}-${(day ?? second ?? '').padStart(2, '0')} ${time || rest}`.trim();
}

/** A date as front matter holds it; the reason why it cannot be read, as `fault`. */
export function readWrittenDate(
  value: unknown,
  zone: string | undefined,
): { date?: WrittenDate; fault?: string } {
  const written = String(value).trim().replace(/\s+/g, ' ');
  const told = readDate(written);
  const digits = inDigits(written)
    .replace(/ UTC$/, ' +0000')
    .replace(/(:\d\d)([+-]\d\d)$/, '$1$2:00');
  // Without a zone only dates that tell their own are read.
  const parsed = told === undefined ? writtenTime(zone ?? 'UTC').safeParse(digits) : undefined;
  const iso = told ?? parsed?.data;
  if (iso === undefined)
    return { fault: `the date "${written}" ${parsed?.error?.issues[0]?.message ?? 'cannot be read'}` };
  const hasZone =
    told !== undefined || strictDate.test(digits) || /(?:Z|[+-]\d\d:?\d\d)$/.test(digits.slice(10));
  if (!hasZone && zone === undefined)
    return { fault: `the date "${written}" has no zone: say --zone, such as --zone Europe/Berlin` };
  const shown = /^(\d{4}-\d\d-\d\d)(?:[T ](\d\d:\d\d(?::\d\d)?))?/.exec(digits);
  const local =
    shown && hasZone
      ? `${shown[1]}T${(shown[2] ?? '00:00').padEnd(8, ':00')}`
      : zonedTime(iso, zone ?? 'UTC').slice(0, 19);
  return { date: { iso, local } };
}
