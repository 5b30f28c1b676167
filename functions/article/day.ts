const dayMs = 86_400_000;

/** The calendar day of a moment in a zone, such as 2026-03-01. */
export function dayOf(iso: string, timeZone: string): string {
  // Swedish dates are ISO 8601's.
  const format = new Intl.DateTimeFormat('sv', {
    timeZone,
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
  });
  return format.format(new Date(iso));
}

/** The day so many calendar days before. */
export function daysBefore(day: string, count: number): string {
  return new Date(Date.parse(day) - count * dayMs).toISOString().slice(0, day.length);
}
