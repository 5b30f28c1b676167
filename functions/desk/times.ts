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

/**
 * The date of what is published now. One that somebody has typed stands: it is a whole minute, which the time of a draft's first saving is
 * not. Of a new article the API says when, by its own clock.
 */
export function dateToPublish(
  publishedAt: string | undefined,
  stage: 'new' | 'draft' | 'public',
): string | undefined {
  const isTyped = publishedAt && Date.parse(publishedAt) % 60_000 === 0;
  if (isTyped || (publishedAt && stage === 'public')) return publishedAt;
  return stage === 'new' ? undefined : new Date().toISOString();
}

/** To the minute. */
function floor(time: number): number {
  return Math.floor(time / 60_000) * 60_000;
}
