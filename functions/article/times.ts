import { offsetAt } from './local-time.ts';
import type { Site } from './site.ts';

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
  const minutes = Math.trunc(offsetAt(instant, timeZone) / 60_000);
  const shifted = new Date(instant + minutes * 60_000).toISOString();
  const [local, offset] = /^\d/.test(shifted) ? [shifted, minutes] : [iso, 0];
  return { date: local.slice(0, 10), time: local.slice(11, 19), offset: writtenOffset(offset) };
}

function writtenOffset(minutes: number): string {
  const [hours, rest] = [Math.floor(Math.abs(minutes) / 60), Math.abs(minutes) % 60].map((part) =>
    String(part).padStart(2, '0'),
  );
  return `${minutes < 0 ? '-' : '+'}${hours}:${rest}`;
}

const formatters = new Map<string, Intl.DateTimeFormat>();

function cached(name: string, create: () => Intl.DateTimeFormat): Intl.DateTimeFormat {
  const known = formatters.get(name) ?? create();
  formatters.set(name, known);
  return known;
}
