/** RFC 4287 §3.3: RFC 3339 with a capital T and Z or a numeric offset. The day must exist. */
export function isRfc3339(text: string): boolean {
  const form =
    /^(\d{4}-\d\d-\d\d)T([01]\d|2[0-3]):[0-5]\d:([0-5]\d|60)(\.\d+)?(Z|[+-]([01]\d|2[0-3]):[0-5]\d)$/;
  const day = form.exec(text)?.[1];
  return day !== undefined && new Date(`${day}T00:00:00Z`).toJSON()?.slice(0, 10) === day;
}

const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
const weekdays = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'];

/** What is wrong with an RFC 822 date. Its year needs four digits, its zone is GMT or a number. */
export function findRfc822Fault(text: string): string | undefined {
  const form =
    /^(?:([A-Z][a-z]{2}), )?(\d{1,2}) ([A-Z][a-z]{2}) (\d{4}) (?:[01]\d|2[0-3]):[0-5]\d(?::[0-5]\d)? (?:GMT|[+-]\d{4})$/;
  const [, weekday, day, month = '', year] = form.exec(text) ?? [];
  const date = new Date(Date.UTC(Number(year), months.indexOf(month), Number(day)));
  if (Number(year) < 100) date.setUTCFullYear(Number(year));
  if (date.getUTCDate() !== Number(day) || months[date.getUTCMonth()] !== month)
    return 'is no date of RFC 822 with a year of four digits and a zone as GMT or a number';
  const right = weekdays[date.getUTCDay()];
  return weekday === undefined || weekday === right ? undefined : `has the wrong weekday: it is a ${right}`;
}

// URL accepts these, RFC 3987 §2.2 does not.
const notInIri = /[\s<>"{}|\\^`]/u;

/** An absolute IRI, as RFC 4287 §4.2.6 requires of an id. */
export function isIri(text: string): boolean {
  return URL.canParse(text) && !notInIri.test(text);
}

/** An absolute http or https IRI. Only an IPv6 host may have brackets. */
export function isHttpUrl(text: string): boolean {
  return /^https?:\/\/[^/?#]+([/?#][^[\]]*)?$/i.test(text) && isIri(text);
}

export function isMediaType(text: string): boolean {
  return /^[\w!#$&^.+-]+\/[\w!#$&^.+-]+(\s*;.*)?$/.test(text);
}

export function isLanguage(text: string): boolean {
  // Of other signs Intl takes the square of its time to say no.
  if (!/^[a-z0-9-]+$/i.test(text)) return false;
  try {
    return Intl.getCanonicalLocales(text).length === 1;
  } catch {
    return false;
  }
}

export function isEmail(text: string): boolean {
  return /^[^\s@()<>]+@[^\s@()<>]+$/.test(text);
}

// The characters that XML 1.0 §2.2 excludes. They do not belong in JSON texts either.
const unfit = /[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/u;

/** The first such character, as in U+0008. */
export function findUnfitCharacter(text: string): string | undefined {
  const code = unfit.exec(text)?.[0].codePointAt(0);
  return code === undefined ? undefined : `U+${code.toString(16).toUpperCase().padStart(4, '0')}`;
}
