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

/** A month such as 2026-03 for people: March 2026. */
export function monthName(month: string): string {
  const format = new Intl.DateTimeFormat('en', { timeZone: 'UTC', month: 'long', year: 'numeric' });
  return format.format(new Date(`${month}-01T00:00:00Z`));
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
  const known = formatters.get(timeZone);
  if (known) return known;
  const created = new Intl.DateTimeFormat('en', { timeZone, timeZoneName: 'longOffset' });
  formatters.set(timeZone, created);
  return created;
}
