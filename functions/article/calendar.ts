const dayMs = 86_400_000;

/** The periods of the most-read page in calendar days, today included. */
export const periods = { today: 1, week: 7, month: 30, ever: Number.POSITIVE_INFINITY } as const;

export type Period = keyof typeof periods;
export const periodNames = Object.keys(periods) as Period[];

/** RFC 3339 with the zone's offset: 2015-12-02T10:36:55+08:00, with milliseconds where there are some. */
export function zonedTime(iso: string, timeZone: string): string {
  const { date, time, offset } = splitTime(iso, timeZone);
  const [, milliseconds = ''] = /(\.\d{3})Z$/.exec(iso) ?? [];
  return `${date}T${time}${milliseconds.replace('.000', '')}${offset}`;
}

/** The same for people: 2015-12-02 10:36:55. */
export function readableTime(iso: string, timeZone: string): string {
  const { date, time } = splitTime(iso, timeZone);
  return `${date} ${time}`;
}

/** The day written out in a language: December 2, 2015. */
export function writtenDay(iso: string, timeZone: string, language: string): string {
  return dayFormat(language, timeZone).format(new Date(iso));
}

/** A range of days: November 6 – 18, 2026. */
export function writtenDays(
  from: string,
  to: string,
  { timeZone, language }: { timeZone: string; language: string },
): string {
  return dayFormat(language, timeZone).formatRange(new Date(from), new Date(to));
}

/** A month such as 2026-03 written out: March 2026. */
export function monthName(month: string, language: string): string {
  return monthFormat(language).format(new Date(`${month}-01T00:00:00Z`));
}

/** RFC 9110 §5.6.7; RSS dates look the same. */
export function httpDate(iso: string): string {
  return new Date(iso).toUTCString();
}

/** The calendar day in a zone, such as 2026-03-01. */
export function dayOf(iso: string, timeZone: string): string {
  return isoFormat(timeZone).format(new Date(iso)).padStart('0000-00-00'.length, '0');
}

/** The calendar month in a zone, such as 2026-03. */
export function monthOf(iso: string, timeZone: string): string {
  return dayOf(iso, timeZone).slice(0, -'-00'.length);
}

/** The day `count` calendar days earlier. */
export function daysBefore(day: string, count: number): string {
  return new Date(Date.parse(day) - count * dayMs).toISOString().slice(0, day.length);
}

/** The first and the last millisecond of a month, ISO 8601 in UTC. */
export function monthBounds(month: string, timeZone: string): { since: string; upTo: string } {
  const since = new Date(startOf(month, timeZone)).toISOString();
  // A year of five digits would sort before all others.
  if (month === '9999-12') return { since, upTo: '9999-12-31T23:59:59.999Z' };
  const [year = 0, number = 1] = month.split('-').map(Number);
  // Date.UTC takes 0 to 99 for years of the 20th century.
  const following = new Date(`${month}-01`);
  following.setUTCFullYear(year, number);
  const end = startOf(following.toISOString().slice(0, month.length), timeZone) - 1;
  return { since, upTo: new Date(end).toISOString() };
}

// Where a clock change skips midnight, the month begins at the first hour there is.
function startOf(month: string, timeZone: string): number {
  for (const hour of ['00', '01', '02']) {
    const [first] = momentsOf(`${month}-01T${hour}:00:00`, timeZone);
    if (first) return Date.parse(first);
  }
  return Date.parse(`${month}-01T00:00:00Z`);
}

/**
 * The moments, ISO 8601 in UTC with milliseconds, at which clocks of the zone show `local`, such as 2015-12-02T10:36:55:
 * none where a clock change skips it, two where one repeats it.
 */
export function momentsOf(local: string, timeZone: string): string[] {
  const asUtc = Date.parse(`${local}Z`);
  // No zone is more than a day from UTC, so these are the offsets before and after any change near that time.
  const offsets = new Set([asUtc - dayMs, asUtc + dayMs].map((instant) => offsetAt(instant, timeZone)));
  return [...offsets]
    .map((offset) => ({ offset, instant: asUtc - offset }))
    .filter(({ offset, instant }) => offsetAt(instant, timeZone) === offset)
    .map(({ instant }) => new Date(instant).toISOString())
    .sort();
}

// RFC 3339 knows no seconds in an offset, which zones had before standard time, and no year of five digits. In such cases another
// time is shown, so that the moment stays the same.
function splitTime(iso: string, timeZone: string) {
  const instant = Date.parse(iso);
  const minutes = Math.trunc(offsetAt(instant, timeZone) / 60_000);
  const shifted = new Date(instant + minutes * 60_000).toISOString();
  const [local, offset] = /^\d/.test(shifted) ? [shifted, minutes] : [iso, 0];
  const [hour, minute] = [Math.floor(Math.abs(offset) / 60), Math.abs(offset) % 60].map((part) =>
    String(part).padStart(2, '0'),
  );
  const sign = offset < 0 ? '-' : '+';
  return { date: local.slice(0, 10), time: local.slice(11, 19), offset: `${sign}${hour}:${minute}` };
}

// In milliseconds.
function offsetAt(instant: number, timeZone: string): number {
  // 12/2/2015, GMT+08:00
  const shown = offsetFormat(timeZone).format(instant);
  const [, sign, hours, minutes, seconds = '0'] = /GMT([+-])(\d\d):(\d\d)(?::(\d\d))?/.exec(shown) ?? [];
  const size = Number(hours ?? 0) * 3600 + Number(minutes ?? 0) * 60 + Number(seconds);
  return (sign === '-' ? -size : size) * 1000;
}

/** Formats by what they are made of: making one takes 50 µs, using it 1. */
function kept(make: (first: string, second: string) => Intl.DateTimeFormat) {
  const formats = new Map<string, Intl.DateTimeFormat>();
  return (first: string, second = '') => {
    const key = first + second;
    const known = formats.get(key) ?? make(first, second);
    formats.set(key, known);
    return known;
  };
}

// Gregorian years and Latin digits in every language, like the other dates of the page.
const written = { calendar: 'gregory', numberingSystem: 'latn', month: 'long', year: 'numeric' } as const;
const dayFormat = kept(
  (language, timeZone) => new Intl.DateTimeFormat(language, { ...written, timeZone, day: 'numeric' }),
);
const monthFormat = kept((language) => new Intl.DateTimeFormat(language, { ...written, timeZone: 'UTC' }));
// Swedish dates are ISO 8601, but for the zeros before a year such as 999.
const isoFormat = kept(
  (timeZone) =>
    new Intl.DateTimeFormat('sv', { timeZone, year: 'numeric', month: '2-digit', day: '2-digit' }),
);
const offsetFormat = kept(
  (timeZone) => new Intl.DateTimeFormat('en', { timeZone, timeZoneName: 'longOffset' }),
);
