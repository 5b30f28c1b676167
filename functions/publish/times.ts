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

/** RFC 9110 §5.6.7, which RSS dates share. */
export function httpDate(iso: string): string {
  return new Date(iso).toUTCString();
}

// Assembled from parts: the order and separators of a locale differ between versions of ICU.
function partsOf(iso: string, timeZone: string) {
  const parts: Record<string, string> = {};
  for (const { type, value } of formatter(timeZone).formatToParts(new Date(iso))) parts[type] = value;
  return {
    date: `${parts.year?.padStart(4, '0')}-${parts.month}-${parts.day}`,
    time: `${parts.hour}:${parts.minute}:${parts.second}`,
    offset: parts.timeZoneName?.slice('GMT'.length) || '+00:00',
  };
}

const formatters = new Map<string, Intl.DateTimeFormat>();

function formatter(timeZone: string): Intl.DateTimeFormat {
  const known = formatters.get(timeZone);
  if (known) return known;
  const created = new Intl.DateTimeFormat('en', {
    timeZone,
    calendar: 'gregory',
    numberingSystem: 'latn',
    hourCycle: 'h23',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    timeZoneName: 'longOffset',
  });
  formatters.set(timeZone, created);
  return created;
}
