import type { Context } from 'hono';
import { type FeedFormat, feedFormats } from '../article/addresses.ts';

/**
 * The media type to send a feed under, and Vary on what it is chosen by.
 *
 * By RSS's and Atom's own types browsers show the source, or save it: they follow a stylesheet only where a document calls itself
 * XML. A person's browser says that it is to be shown, which no reader does; in Accept some readers name HTML as well.
 */
export function feedTypeFor(c: Context, format: FeedFormat): string {
  if (format !== 'json') c.header('Vary', 'Sec-Fetch-Dest');
  const isShown = format !== 'json' && c.req.header('sec-fetch-dest') === 'document';
  return `${isShown ? 'application/xml' : feedFormats[format].type}; charset=utf-8`;
}
