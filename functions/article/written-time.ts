import * as z from 'zod';
import { momentsOf } from './calendar.ts';

const example = '2015-12-02T10:36:55+08:00';
const years = 'must lie between the years 1000 and 9999';
const isInBounds = (iso: string) => /^[1-9]\d{3}-/.test(iso);

const withZone = z.iso
  .datetime({ offset: true, error: `must be a date and time with its zone, such as ${example}` })
  .transform((text) => new Date(text).toISOString())
  .refine(isInBounds, years);

const dateAlone = z.iso.date();
const dateAndTime = z.iso.datetime({ local: true });

/** A moment as ISO 8601 in UTC with milliseconds. One written without its zone is that zone's; without a zone, refused. */
export function writtenTime(timeZone: string | undefined) {
  if (timeZone === undefined) return withZone;
  return z.string({ error: 'must be a date' }).transform((text, context) => {
    const refuse = (message: string) => {
      context.addIssue({ code: 'custom', message });
      return text;
    };
    const local = localTime(text);
    if (local === undefined) {
      const read = withZone.safeParse(text);
      return read.success ? read.data : refuse(zoneMessage(read.error, timeZone));
    }
    const [moment, another] = momentsOf(local, timeZone);
    if (moment === undefined || another !== undefined)
      return refuse(
        `is a time that the clocks of ${timeZone} ${moment ? 'show twice' : 'skip'}: add its offset, such as ${example}`,
      );
    return isInBounds(moment) ? moment : refuse(years);
  });
}

/** 2015-12-02T10:36:55 for a date of the calendar without a zone, at midnight where it has no time. */
function localTime(text: string): string | undefined {
  if (dateAlone.safeParse(text).success) return `${text}T00:00:00`;
  const written = text.replace(/^(\S+) (?=\S+$)/, '$1T');
  const hasSeconds = /T\d\d:\d\d:\d\d/.test(written);
  return hasSeconds && !written.endsWith('Z') && dateAndTime.safeParse(written).success ? written : undefined;
}

function zoneMessage({ issues }: z.ZodError, timeZone: string): string {
  if (issues[0]?.message === years) return years;
  return `must be a date, such as 2015-12-02 10:36:55 (in ${timeZone}) or ${example}`;
}
