import type { Context, Hono } from 'hono';
import { labelName, newsStream } from '../article/stream-name.ts';
import { absoluteUrl, type FeedFormat, feedFormats, feedPath } from '../publish/addresses.ts';
import { httpDate } from '../publish/times.ts';
import { isNotModified } from '../runtime/conditional.ts';
import { count } from '../runtime/log.ts';
import { busyResponse } from '../runtime/problem.ts';
import { type CurrentFeed, findCurrentFeed, findCurrentHead } from './current-feed.ts';
import type { Desk } from './desk.ts';
import { problem } from './errors.ts';
import { findDocument, refusalSeconds } from './feed-document.ts';
import { type Bindings, route } from './routing.ts';

const streamRoutes = { rss: 'streamRss', atom: 'streamAtom', json: 'streamJson' } as const;

/** Every stream as RSS, Atom and JSON Feed. */
export function feedRoutes(app: Hono<Bindings>, desk: Desk): void {
  for (const format of Object.keys(feedFormats) as FeedFormat[]) {
    route(app, desk, format, { GET: (c) => answerFeed(c, desk, newsStream, format) });
    route(app, desk, streamRoutes[format], {
      GET: (c) => {
        const { kind, name } = c.req.param();
        return labelName(name ?? '') === name
          ? answerFeed(c, desk, `${kind}/${name}`, format)
          : problem(c, desk, 'not-found');
      },
    });
  }
}

async function answerFeed(c: Context, desk: Desk, stream: string, format: FeedFormat): Promise<Response> {
  const response = await findFeed(c, desk, stream, format);
  count({ feedPolls: 1, feedsNotModified: response.status === 304 ? 1 : 0 });
  return response;
}

async function findFeed(c: Context, desk: Desk, stream: string, format: FeedFormat): Promise<Response> {
  const feed = await findCurrentFeed(desk, stream, format);
  if (!feed) return problem(c, desk, 'not-found');
  const { headers } = c.req.raw;
  c.header('ETag', feed.etag);
  c.header('Cache-Control', `public, max-age=${feed.maxAge}`);
  c.header('Access-Control-Allow-Origin', '*');
  if (format !== 'json') c.header('Vary', 'Sec-Fetch-Dest');
  const link = hubLink(desk, feed);
  if (link) c.header('Link', link);
  if (isNotModified(headers, { etag: feed.etag, lastModified: undefined })) return c.body(null, 304);

  const heads = await findCurrentHead(desk, feed);
  const known = heads.current && tellable(heads.current.lastModified, desk.now());
  if (known) c.header('Last-Modified', httpDate(known));
  if (isNotModified(headers, { etag: feed.etag, lastModified: known })) return c.body(null, 304);

  const document = await findDocument(desk, feed, heads);
  if (!document) return busyResponse('This feed is being mended. Try again later.', refusalSeconds);
  const { etag, text } = document;
  const told = tellable(document.lastModified, desk.now());
  c.header('ETag', etag);
  if (told) c.header('Last-Modified', httpDate(told));
  // The previous document, which the reader may have.
  if (etag !== feed.etag && isNotModified(headers, { etag, lastModified: told })) return c.body(null, 304);
  c.header('Content-Type', `${typeFor(c.req.raw, format)}; charset=utf-8`);
  return c.body(text);
}

// By RSS's and Atom's own types browsers show the source, or save it: they follow a stylesheet only where a document calls itself
// XML. A person's browser says that it is to be shown, which no reader does; in Accept some readers name HTML as well.
function typeFor({ headers }: Request, format: FeedFormat): string {
  const isShown = format !== 'json' && headers.get('sec-fetch-dest') === 'document';
  return isShown ? 'application/xml' : feedFormats[format].type;
}

// RFC 9110 §8.8.2.1: until its second has passed, a time may still name two different documents.
function tellable(lastModified: string, now: string): string | undefined {
  return Date.parse(lastModified) + 1000 <= Date.parse(now) ? lastModified : undefined;
}

/** What a subscriber looks for: WebSub §4. */
function hubLink({ context }: Desk, { stream, format }: CurrentFeed): string | undefined {
  const { hubs } = context.site;
  if (hubs.length === 0) return undefined;
  const self = absoluteUrl(feedPath(stream, format), context);
  return [...hubs.map((hub) => `<${hub}>; rel="hub"`), `<${self}>; rel="self"`].join(', ');
}
