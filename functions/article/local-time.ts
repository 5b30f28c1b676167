const day = 86_400_000;

/**
 * The moments, ISO 8601 in UTC with milliseconds, at which clocks of the zone show this date and time, a text of the form
 * 2015-12-02T10:36:55: none where a clock change skips it, two where one repeats it.
 */
export function momentsOf(local: string, timeZone: string): string[] {
  const asUtc = Date.parse(`${local}Z`);
  // No zone is further than a day from UTC, so that these are the offsets before and after a change near that time.
  const offsets = new Set([asUtc - day, asUtc + day].map((instant) => offsetAt(instant, timeZone)));
  return [...offsets]
    .map((offset) => ({ offset, instant: asUtc - offset }))
    .filter(({ offset, instant }) => offsetAt(instant, timeZone) === offset)
    .map(({ instant }) => new Date(instant).toISOString())
    .sort();
}

/** In milliseconds; before standard time, zones had offsets with seconds. */
export function offsetAt(instant: number, timeZone: string): number {
  const name = formatter(timeZone)
    .formatToParts(instant)
    .find(({ type }) => type === 'timeZoneName')?.value;
  const written = /([+-])(\d\d):(\d\d)(?::(\d\d))?/.exec(name ?? '');
  if (!written) return 0;
  const [, sign, hours, minutes, seconds = '0'] = written;
  const size = Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds);
  return (sign === '-' ? -size : size) * 1000;
}

const formatters = new Map<string, Intl.DateTimeFormat>();

function formatter(timeZone: string): Intl.DateTimeFormat {
  const known = formatters.get(timeZone);
  if (known) return known;
  const created = new Intl.DateTimeFormat('en', { timeZone, timeZoneName: 'longOffset' });
  formatters.set(timeZone, created);
  return created;
}
