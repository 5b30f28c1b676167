/** The parts of a moment on the clocks of a zone, as `datetime-local` fields have them: 2026-03-02T18:00. */
export function localTime(iso: string, timeZone: string): string {
  const format = new Intl.DateTimeFormat('sv', { timeZone, dateStyle: 'short', timeStyle: 'short' });
  return format.format(new Date(iso)).replace(' ', 'T');
}

/** The moment at which the clocks of the zone show this; of one that they skip, the moment when they show the next. */
export function moment(local: string, timeZone: string): string {
  const wanted = Date.parse(`${local}Z`);
  const offsetAt = (time: number) =>
    Date.parse(`${localTime(new Date(time).toISOString(), timeZone)}Z`) - floor(time);
  const first = wanted - offsetAt(wanted);
  return new Date(wanted - offsetAt(first)).toISOString();
}

/** To the minute. */
function floor(time: number): number {
  return Math.floor(time / 60_000) * 60_000;
}
