import { daysBefore } from '../article/calendar.ts';

/** Of so many days a counter knows the views apart: today and the 30 before it. */
export const keptDays = 31;

/** Where a counter's row keeps the views of a day such as 2026-11-25. */
export function dayAttribute(day: string): string {
  return `d${day.replaceAll('-', '')}`;
}

/** The day of such an attribute; undefined of any other. */
export function dayOfAttribute(name: string): string | undefined {
  return /^d\d{8}$/.test(name) ? name.replace(/^d(....)(..)(..)$/, '$1-$2-$3') : undefined;
}

/** The days' worth of attributes that fall out on this day, as far back as an article may have gone without a view. */
export function outdatedOn(day: string): string[] {
  return Array.from({ length: keptDays }, (_, index) => dayAttribute(daysBefore(day, keptDays + index)));
}

/** The attributes of a row for days too long before its newest: after a month without views they are further back than `outdatedOn` looks. */
export function outdatedIn(row: object): string[] {
  const days = Object.keys(row)
    .filter((name) => dayOfAttribute(name) !== undefined)
    .sort();
  const newest = dayOfAttribute(days.at(-1) ?? '');
  if (!newest) return [];
  const oldest = dayAttribute(daysBefore(newest, keptDays - 1));
  return days.filter((name) => name < oldest);
}
