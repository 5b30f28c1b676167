import { createHash } from 'node:crypto';
import { dayOf } from '../article/calendar.ts';

// Leaves room for a number behind it.
const maxLength = 90;

/** An address from the ASCII letters of a title; of a title without any from the day (`yyyymmdd`) and a hash, so that the same title gets the same. */
export function slugFor(title: string, publishedAt: string, timeZone: string): string {
  const words = title
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .match(/[a-z0-9]+/g);
  if (words?.some((word) => /[a-z]/.test(word))) return shorten(words.join('-'));
  const day = dayOf(publishedAt, timeZone).replaceAll('-', '');
  return `${day}-${createHash('sha256').update(title).digest('hex').slice(0, 6)}`;
}

function shorten(slug: string): string {
  if (slug.length <= maxLength) return slug;
  const start = slug.slice(0, maxLength + 1);
  return start.slice(0, Math.max(start.lastIndexOf('-'), 0)) || slug.slice(0, maxLength);
}
