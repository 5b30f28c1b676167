import type { Context } from 'hono';
import Negotiator from 'negotiator';

/** Whether Accept ranks JSON above HTML; without a preference pages are HTML. */
export function prefersJson(c: Context): boolean {
  const negotiator = new Negotiator({ headers: { accept: c.req.header('accept') ?? '*/*' } });
  return negotiator.mediaType(['text/html', 'application/json']) === 'application/json';
}
