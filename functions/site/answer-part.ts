import type { Context } from 'hono';
import type { Backend } from '../feed/backend.ts';
import type { CurrentFeed } from '../feed/current-feed.ts';
import { refusalSeconds } from '../feed/feed-document.ts';
import { renderFeed } from '../feed/render-feed.ts';
import { isNotModified } from '../runtime/conditional.ts';
import { count } from '../runtime/log.ts';
import { busy } from './errors.ts';
import { feedTypeFor } from './feed-type.ts';

/** An older document of a feed: rendered for whoever does not hold it, and not kept, as readers ask for it once. */
export async function answerPart(c: Context, backend: Backend, feed: CurrentFeed): Promise<Response> {
  const { etag, format, maxAge } = feed;
  // No Last-Modified: a time that moves with each change, a removal too, would have to be kept for every document.
  c.header('ETag', etag);
  c.header('Cache-Control', `public, max-age=${maxAge}`);
  c.header('Access-Control-Allow-Origin', '*');
  const type = feedTypeFor(c, format);
  if (isNotModified(c.req.raw.headers, { etag, lastModified: undefined })) return c.body(null, 304);
  const rendered = await renderFeed(backend, feed);
  if (rendered) return c.body(rendered.text, 200, { 'Content-Type': type });
  count({ feedsRefused: 1 });
  return refusedFeed(c, backend);
}

/** What a reader is told of a document that would be faulty. */
export function refusedFeed(c: Context, backend: Backend): Response {
  return busy(c, backend, 'This feed is being mended. Try again later.', refusalSeconds);
}
