import { momentsOf, readableTime } from '../article/calendar.ts';

/** A moment on the clocks of a zone, as `datetime-local` fields have it: 2026-03-02T18:00. */
export function localTime(iso: string, timeZone: string): string {
  return readableTime(iso, timeZone).slice(0, 'yyyy-mm-dd hh:mm'.length).replace(' ', 'T');
}

/** The moment at which the clocks of the zone show this, the first of two; of one that they skip, what they show an hour later. */
export function moment(local: string, timeZone: string): string {
  const later = new Date(Date.parse(`${local}Z`) + 3_600_000).toISOString().slice(0, local.length);
  return momentsOf(local, timeZone)[0] ?? momentsOf(later, timeZone)[0] ?? `${local}:00Z`;
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
