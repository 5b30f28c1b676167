import { momentsOf } from '../../../../functions/article/calendar.ts';
import { readDate } from '../../../../functions/pull/feed-date.ts';
import { textIn, type XmlElement } from '../../../../functions/pull/feed-xml.ts';

export interface PostDates {
  /** ISO 8601 in UTC with milliseconds; undefined where no zone is told or nothing was ever dated. */
  publishedAt: string | undefined;
  /** Undefined where it was never changed. */
  updatedAt: string | undefined;
  /** As the site's clock showed it, such as 2019-05-03 10:00:00; undefined where nothing was ever dated. */
  local: string | undefined;
  /** Whether WordPress dates it anew whenever it is stored, as it does with drafts. */
  isFloating: boolean;
}

/** WordPress keeps each date twice, by the site's clock and in UTC; the second is all zeros in drafts and in old imports. */
export function datesOf(item: XmlElement, zone: string | undefined): PostDates {
  const local = dated(textIn(item, 'wp:post_date'));
  const inUtc = momentAt(textIn(item, 'wp:post_date_gmt'));
  const inZone = local && zone ? momentAtClock(local, zone) : undefined;
  const publishedAt = inUtc ?? inZone ?? readDate(textIn(item, 'pubDate') ?? '');
  const modified = momentAt(textIn(item, 'wp:post_modified_gmt'));
  return {
    publishedAt,
    updatedAt: modified === publishedAt ? undefined : modified,
    local,
    isFloating: inUtc === undefined,
  };
}

function dated(written: string | undefined): string | undefined {
  return /^[1-9]\d{3}-\d\d-\d\d \d\d:\d\d:\d\d$/.test(written ?? '') ? written : undefined;
}

function momentAt(written: string | undefined): string | undefined {
  const moment = new Date(`${dated(written)?.replace(' ', 'T')}Z`);
  return Number.isNaN(moment.getTime()) ? undefined : moment.toISOString();
}

/** Where clocks show a time twice the first; where they skip it an hour later. */
function momentAtClock(local: string, zone: string): string | undefined {
  const [moment] = momentsOf(local.replace(' ', 'T'), zone);
  if (moment) return moment;
  const later =
    momentAt(local) && new Date(Date.parse(`${local.replace(' ', 'T')}Z`) + 3_600_000).toISOString();
  return later && momentsOf(later.slice(0, 19), zone)[0];
}
