import * as z from 'zod';
import { maxSlugLength, slugPattern } from './article.ts';
import { momentsOf } from './calendar.ts';
import { labelName } from './stream-name.ts';
import { textLine } from './text.ts';

export const slug = z
  .string({ error: 'must be text' })
  .max(maxSlugLength, `has more than ${maxSlugLength} characters`)
  .regex(slugPattern, 'must be lower-case letters and digits, joined by single hyphens');

/** The name of a category, a tag or a source: a stream's name can be made of it. */
export const label = textLine(60).refine(
  (text) => labelName(text) !== '',
  'needs at least one letter or digit',
);

// z.int would end the parse at 1.5, and with it the list of faults.
export const count = z
  .number({ error: 'must be a whole number' })
  .refine(Number.isSafeInteger, 'must be a whole number')
  .min(0, 'must not be negative');

export const httpUrl = z.url({ protocol: /^https?$/, error: 'must be an http or https address' });

// RFC 3986 §3.3 to §3.5. URL leaves other characters as they are, such as | and ^; feed validators reject them.
const unfit = /[^\w\-.~:/?@!$&'()*+,;=%]|%(?![0-9a-f]{2})/gi;

/** An address as URL reads it, with every character that a URI may not contain percent-encoded. */
export function toUri(address: string): string {
  const { href } = new URL(address);
  // After the host, which may be an IPv6 address in brackets.
  const path = href.indexOf('/', 'https://'.length);
  const [rest = '', ...fragment] = href.slice(path).split('#');
  const parts = [rest, ...(href.includes('#') ? [fragment.join('%23')] : [])];
  return href.slice(0, path) + parts.map((part) => part.replace(unfit, encodeURIComponent)).join('#');
}

// BCP 47 also allows words of up to eight letters, such as "chinese", but no language has such a tag.
export const languagePattern = /^[A-Za-z]{2,3}(-|$)/;

/** zh-cn as zh-CN; undefined if it is not a BCP 47 tag. */
export function canonicalLanguage(tag: string): string | undefined {
  try {
    return languagePattern.test(tag) ? Intl.getCanonicalLocales(tag)[0] : undefined;
  } catch {
    return undefined;
  }
}

const example = '2015-12-02T10:36:55+08:00';
const years = 'must be between the years 1000 and 9999';
const isInBounds = (iso: string) => /^[1-9]\d{3}-/.test(iso);

const withZone = z.iso
  .datetime({ offset: true, error: `must be a date and time with its zone, such as ${example}` })
  .transform((text) => new Date(text).toISOString())
  .refine(isInBounds, years);

const dateAlone = z.iso.date();
const dateAndTime = z.iso.datetime({ local: true });

/** A moment, as ISO 8601 in UTC with milliseconds. A date written without a zone is read in `timeZone`, or refused if there is none. */
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
      if (read.success) return read.data;
      const isOutOfBounds = read.error.issues[0]?.message === years;
      return refuse(
        isOutOfBounds ? years : `must be a date, such as 2015-12-02 10:36:55 (in ${timeZone}) or ${example}`,
      );
    }
    const [moment, another] = momentsOf(local, timeZone);
    if (moment === undefined || another !== undefined)
      return refuse(
        `is a time that the clocks of ${timeZone} ${moment ? 'show twice' : 'skip'}: add its offset, such as ${example}`,
      );
    return isInBounds(moment) ? moment : refuse(years);
  });
}

/** 2015-12-02T10:36:55 for a date without a zone, at midnight if it has no time; undefined for anything else. */
function localTime(text: string): string | undefined {
  if (dateAlone.safeParse(text).success) return `${text}T00:00:00`;
  const written = text.replace(/^(\S+) (?=\S+$)/, '$1T');
  const hasSeconds = /T\d\d:\d\d:\d\d/.test(written);
  return hasSeconds && !written.endsWith('Z') && dateAndTime.safeParse(written).success ? written : undefined;
}
