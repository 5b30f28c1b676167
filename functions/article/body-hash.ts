import { createHash } from 'node:crypto';

/** What tells whether a clean HTML is the one that an article was stored with. */
export function bodyHashOf(html: string): string {
  return createHash('sha256').update(html).digest('hex');
}
