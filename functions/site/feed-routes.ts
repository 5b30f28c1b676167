import type { Context, Hono } from 'hono';
import { type FeedFormat, feedFormats, feedPath } from '../article/addresses.ts';
import { httpDate } from '../article/calendar.ts';
import { absoluteUrl } from '../article/site-context.ts';
import type { Backend } from '../feed/backend.ts';
import { type CurrentFeed, findCurrentFeed, findCurrentHead } from '../feed/current-feed.ts';
import { findDocument } from '../feed/feed-document.ts';
import { findFeedPage } from '../feed/feed-page.ts';
import { isNotModified } from '../runtime/conditional.ts';
import { readCursor } from '../runtime/cursor.ts';
import { count } from '../runtime/log.ts';
import { answerPart, refusedFeed } from './answer-part.ts';
import { problem } from './errors.ts';
import { feedTypeFor } from './feed-type.ts';
import { type Bindings, route, streamOf } from './routing.ts';

const streamRoutes = { rss: 'streamRss', atom: 'streamAtom', json: 'streamJson' } as const;

/** Every stream as RSS, Atom and JSON Feed. */
export function feedRoutes(app: Hono<Bindings>, backend: Backend): void {
  for (const format of Object.keys(feedFormats) as FeedFormat[]) {
    for (const name of [format, streamRoutes[format]])
      route(app, backend, name, {
        GET: (c) => {
          const stream = streamOf(c);
          const { before } = c.req.query();
          if (stream === undefined) return problem(c, backend, 'not-found');
          return format === 'json' && before !== undefined
            ? answerPage(c, backend, stream, before)
            : answerFeed(c, backend, stream, format);
        },
      });
  }
}

async function answerPage(c: Context, backend: Backend, stream: string, before: string): Promise<Response> {
  const place = readCursor(before);
  if (place === undefined) return problem(c, backend, 'unreadable-address');
  const page = await findFeedPage(backend, stream, place);
  return page ? answerPart(c, backend, page) : problem(c, backend, 'not-found');
}

async function answerFeed(
  c: Context,
  backend: Backend,
  stream: string,
  format: FeedFormat,
): Promise<Response> {
  const response = await findFeed(c, backend, stream, format);
  count({ feedPolls: 1, feedsNotModified: response.status === 304 ? 1 : 0 });
  return response;
}

async function findFeed(c: Context, backend: Backend, stream: string, format: FeedFormat): Promise<Response> {
  const feed = await findCurrentFeed(backend, stream, format);
  if (!feed) return problem(c, backend, 'not-found');
  const { headers } = c.req.raw;
  c.header('ETag', feed.etag);
  c.header('Cache-Control', `public, max-age=${feed.maxAge}`);
  c.header('Access-Control-Allow-Origin', '*');
  const type = feedTypeFor(c, format);
  const link = hubLink(backend, feed);
  if (link) c.header('Link', link);
  if (isNotModified(headers, { etag: feed.etag, lastModified: undefined })) return c.body(null, 304);

  const heads = await findCurrentHead(backend, feed);
  const known = heads.current && tellable(heads.current.lastModified, backend.now());
  if (known) c.header('Last-Modified', httpDate(known));
  if (isNotModified(headers, { etag: feed.etag, lastModified: known })) return c.body(null, 304);

  const document = await findDocument(backend, feed, heads);
  if (!document) return refusedFeed(c, backend);
  const { etag, text } = document;
  const told = tellable(document.lastModified, backend.now());
  c.header('ETag', etag);
  if (told) c.header('Last-Modified', httpDate(told));
  // The previous document, which the reader may have.
  if (etag !== feed.etag && isNotModified(headers, { etag, lastModified: told })) return c.body(null, 304);
  return c.body(text, 200, { 'Content-Type': type });
}

// RFC 9110 §8.8.2.1: until its second has passed, a time may still name two different documents.
function tellable(lastModified: string, now: string): string | undefined {
  return Date.parse(lastModified) + 1000 <= Date.parse(now) ? lastModified : undefined;
}

/** What a subscriber looks for: WebSub §4. */
function hubLink({ context }: Backend, { stream, format }: CurrentFeed): string | undefined {
  const { hubs } = context.site;
  if (hubs.length === 0) return undefined;
  const self = absoluteUrl(feedPath(stream, format), context);
  return [...hubs.map((hub) => `<${hub}>; rel="hub"`), `<${self}>; rel="self"`].join(', ');
}
