import type { WrittenDate } from './system.ts';

const names = (form: Intl.DateTimeFormatOptions, date: Date) =>
  new Intl.DateTimeFormat('en', { ...form, timeZone: 'UTC' }).format(date);
const padded = (value: number, length = 2) => String(value).padStart(length, '0');

/** Parts of a date, as the templates of addresses call them. */
function dateParts({ local }: WrittenDate): Record<string, string> {
  const date = new Date(`${local.slice(0, 19)}Z`);
  const [year = '', month = '', day = '', hour = '', minute = '', second = ''] = local.split(/[-T:.]/);
  const yearDay =
    Math.round((Date.parse(`${local.slice(0, 10)}Z`) - Date.UTC(Number(year), 0, 1)) / 86_400_000) + 1;
  const weekDay = date.getUTCDay() || 7;
  // The week belongs to the year of its Thursday.
  const thursday = new Date(date.getTime() + (4 - weekDay) * 86_400_000);
  const week = Math.ceil(
    ((thursday.getTime() - Date.UTC(thursday.getUTCFullYear(), 0, 1)) / 86_400_000 + 1) / 7,
  );
  const [monthName, weekDayName] = [names({ month: 'long' }, date), names({ weekday: 'long' }, date)];
  return {
    ...{ year, month, day, hour, minute, second },
    ...{ short_year: year.slice(2), i_month: String(Number(month)), i_day: String(Number(day)) },
    ...{ short_month: monthName.slice(0, 3).toUpperCase(), long_month: monthName, monthname: monthName },
    ...{
      y_day: padded(yearDay, 3),
      yearday: String(yearDay),
      week: padded(Math.floor(week)),
      w_year: String(thursday.getUTCFullYear()),
    },
    ...{
      w_day: String(weekDay),
      weekday: String(weekDay % 7),
      weekdayname: weekDayName,
      long_day: weekDayName,
    },
    short_day: weekDayName.slice(0, 3).toUpperCase(),
  };
}

/** A path of a template such as /:year/:title/. Undefined where it asks for something that is not known. */
export function fillPermalink(
  template: string,
  parts: Record<string, string | undefined>,
  date: WrittenDate | undefined,
): string | undefined {
  const known = new Map(Object.entries({ ...(date && dateParts(date)), ...parts }));
  let isComplete = true;
  const path = template.replace(/:([a-z_]+(?:\[[^\]]*\])?)/g, (_, name: string) => {
    const part = known.get(name);
    if (part === undefined) isComplete = false;
    return part ?? '';
  });
  return isComplete ? `/${path}`.replace(/\/{2,}/g, '/') : undefined;
}

/** A name as part of an address: lower case, words joined by hyphens. */
export function urlName(text: string): string {
  return text
    .trim()
    .toLowerCase()
    .replace(/\s+/g, '-')
    .replace(/[^\p{L}\p{M}\p{N}\-_.+~#/]/gu, '');
}
