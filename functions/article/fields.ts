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

/** Why an article was removed, as its page says. */
export const removalReason = textLine(500);

/** Labels of one address would share one stream, shown under only one of them. */
export function refuseNamesakes(labels: string[], context: z.RefinementCtx, path: string[] = []): void {
  const first = new Map<string, string>();
  for (const [index, label] of labels.entries()) {
    const known = first.get(labelName(label));
    const message = `has the same address as "${known}": keep one of them`;
    if (known === undefined) first.set(labelName(label), label);
    else context.addIssue({ code: 'custom', path: [index, ...path], message });
  }
}

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
const date =
  /^(\d{4})-(\d\d?)-(\d\d?)(?:(T| )(\d\d?):(\d\d)(?::(\d\d)(?:\.(\d+))?)?(?: ?(Z|[+-]\d\d:?\d\d))?)?$/;
/** What a date looks like where it needs a zone. */
export const strictDate = /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d)$/;

/**
 * A moment, as ISO 8601 in UTC with milliseconds. A date written without a zone is read in `timeZone`, or refused if there is none. With a
 * `timeZone` a day and a month may have one digit, as in 2015-12-2 10:36:55 +0800.
 */
export function writtenTime(timeZone: string | undefined) {
  const wanted = timeZone
    ? `must be a date, such as 2015-12-02 10:36:55 (in ${timeZone}) or ${example}`
    : `must be a date and time with its zone, such as ${example}`;
  const written = z.string({ error: wanted }).meta({ pattern: strictDate.source });
  return written.transform((text, context) => {
    const { moment, fault } = readTime(text, timeZone, wanted);
    if (fault) context.addIssue({ code: 'custom', message: fault });
    return moment ?? text;
  });
}

function readTime(
  text: string,
  timeZone: string | undefined,
  wanted: string,
): { moment?: string; fault?: string } {
  const [, year, month, day, , hour, minute, second = '00', fraction = '', zone] = date.exec(text) ?? [];
  if (year === undefined || !month || !day) return { fault: wanted };
  const isoDay = [year, month.padStart(2, '0'), day.padStart(2, '0')].join('-');
  const time = `${(hour ?? '0').padStart(2, '0')}:${minute ?? '00'}:${second}`;
  const local = `${isoDay}T${time}.${fraction.slice(0, 3).padEnd(3, '0')}`;
  if (!isLocalTime.safeParse(local).success) return { fault: `${wanted}: there is no ${text}` };
  if (!timeZone && !strictDate.test(text)) {
    const missing = [...(hour ? [] : ['time']), ...(zone ? [] : ['time zone'])].map((part) => `its ${part}`);
    const form = 'it needs two digits for day, month and hour, T before the time and a zone with a colon';
    return {
      fault: `${wanted}: ${missing.length > 0 ? `${missing.join(' and ')} ${missing.length > 1 ? 'are' : 'is'} missing` : form}`,
    };
  }
  if (zone) {
    const instant = Date.parse(local + zone.replace(/(?<=\d\d)(?=\d\d$)/, ':'));
    return Number.isNaN(instant) ? { fault: wanted } : inBounds(new Date(instant).toISOString());
  }
  const [moment, another] = momentsOf(local, timeZone ?? '');
  if (moment !== undefined && another === undefined) return inBounds(moment);
  const shown = moment ? 'show twice' : 'skip';
  return { fault: `is a time that the clocks of ${timeZone} ${shown}: add its offset, such as ${example}` };
}

const isLocalTime = z.iso.datetime({ local: true });

function inBounds(moment: string): { moment?: string; fault?: string } {
  return /^[1-9]\d{3}-/.test(moment) ? { moment } : { fault: years };
}
