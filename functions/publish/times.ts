import type { Site } from '../article/site.ts';

/** RFC 3339 with the offset that the zone has at that time, in whole seconds: 2015-12-02T10:36:55+08:00. */
export function zonedTime(iso: string, timeZone: string): string {
  const parts = partsOf(iso, timeZone);
  return `${parts.date}T${parts.time}${parts.offset}`;
}

/** The same for people: 2015-12-02 10:36:55. */
export function readableTime(iso: string, timeZone: string): string {
  const parts = partsOf(iso, timeZone);
  return `${parts.date} ${parts.time}`;
}

/** The day in the words of a language: December 2, 2015. */
export function writtenDay(iso: string, timeZone: string, language: string): string {
  return written(iso, timeZone, language, { day: 'numeric' });
}

/** The days from one time to another: November 6 – 18, 2026. */
export function writtenDays(
  from: string,
  to: string,
  { timeZone, language }: Pick<Site, 'timeZone' | 'language'>,
) {
  return dayFormat(timeZone, language, { day: 'numeric' }).formatRange(new Date(from), new Date(to));
}

/** A month such as 2026-03 in the words of a language: March 2026. */
export function monthName(month: string, language: string): string {
  return written(`${month}-01T00:00:00Z`, 'UTC', language, {});
}

function written(iso: string, timeZone: string, language: string, day: { day?: 'numeric' }): string {
  return dayFormat(timeZone, language, day).format(new Date(iso));
}

function dayFormat(timeZone: string, language: string, day: { day?: 'numeric' }): Intl.DateTimeFormat {
  // Languages that count years or write digits in another way would not agree with the other dates of the page.
  const same = { calendar: 'gregory', numberingSystem: 'latn', month: 'long', year: 'numeric' } as const;
  return cached(
    JSON.stringify([language, timeZone, day]),
    () => new Intl.DateTimeFormat(language, { timeZone, ...same, ...day }),
  );
}

/** RFC 9110 §5.6.7, which RSS dates share. */
export function httpDate(iso: string): string {
  return new Date(iso).toUTCString();
}

// An offset of RFC 3339 has no seconds, which zones had before standard time, and a year has four digits: the time of the
// clock gives way, so that the moment stays the same.
function partsOf(iso: string, timeZone: string) {
  const instant = Date.parse(iso);
  const offset = offsetOf(instant, timeZone);
  const shifted = new Date(instant + offset.minutes * 60_000).toISOString();
  const [local, written] = /^\d/.test(shifted) ? [shifted, offset.written] : [iso, '+00:00'];
  return { date: local.slice(0, 10), time: local.slice(11, 19), offset: written };
}

function offsetOf(instant: number, timeZone: string) {
  const name = formatter(timeZone)
    .formatToParts(instant)
    .find(({ type }) => type === 'timeZoneName')?.value;
  const [written = '+00:00', sign, hours, minutes] = /([+-])(\d\d):(\d\d)/.exec(name ?? '') ?? [];
  return { written, minutes: Number(`${sign ?? ''}1`) * (Number(hours ?? 0) * 60 + Number(minutes ?? 0)) };
}

const formatters = new Map<string, Intl.DateTimeFormat>();

function formatter(timeZone: string): Intl.DateTimeFormat {
  return cached(timeZone, () => new Intl.DateTimeFormat('en', { timeZone, timeZoneName: 'longOffset' }));
}

function cached(name: string, create: () => Intl.DateTimeFormat): Intl.DateTimeFormat {
  const known = formatters.get(name) ?? create();
  formatters.set(name, known);
  return known;
}
