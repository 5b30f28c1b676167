import { gzipSync } from 'node:zlib';
import type { Context, Hono } from 'hono';
import { oldFeedForms, oldFeeds } from '../api/routes.ts';
import { type FeedFormat, feedFormatNames, feedFormats, feedPath, readCursor } from '../article/addresses.ts';
import { httpDate } from '../article/calendar.ts';
import { absoluteUrl } from '../article/site-context.ts';
import { labelName, newsStream } from '../article/stream-name.ts';
import type { FeedBackend } from '../feed/backend.ts';
import { type FeedSnapshot, findCurrentFeed } from '../feed/current-feed.ts';
import { findDocument, refusalSeconds } from '../feed/feed-document.ts';
import { findArchiveDocument, findJsonPage } from '../feed/older-documents.ts';
import { renderFeed } from '../feed/render-feed.ts';
import { preferredEncoding } from '../runtime/compression.ts';
import type { Bindings } from '../runtime/lambda.ts';
import { count } from '../runtime/log.ts';
import { isNotModified } from '../runtime/request.ts';
import { unpack } from '../store/item.ts';
import { findDocumentHead } from '../store/stored-feed.ts';
import { LatelyUsed } from './lately-used.ts';
import { respondBusy, respondProblem } from './respond.ts';
import { redirectTo, route, streamRoute } from './routing.ts';

const feedRouteNames = {
  rss: ['rss', 'correctionsRss', 'streamRss'],
  atom: ['atom', 'correctionsAtom', 'streamAtom'],
  json: ['json', 'correctionsJson', 'streamJson'],
} as const;
const archiveRouteNames = [
  ...(['archiveFeed', 'archivePart', 'correctionsArchiveFeed', 'correctionsArchivePart'] as const),
  ...(['streamArchiveFeed', 'streamArchivePart'] as const),
];

type Gzip = Uint8Array<ArrayBuffer>;
/** Many readers take nothing but gzip; feeds are stored as brotli, and packing one anew takes longer than all else. */
type PolledBackend = FeedBackend & { gzips: LatelyUsed<Gzip> };

/** Every stream as RSS, Atom and JSON Feed, with the older documents of each feed. */
export function feedRoutes(app: Hono<Bindings>, rendering: FeedBackend): void {
  const backend = { ...rendering, gzips: new LatelyUsed<Gzip>(20) };
  for (const format of feedFormatNames)
    for (const name of feedRouteNames[format])
      streamRoute(app, backend, name, (c, stream) => {
        const { before } = c.req.query();
        return format === 'json' && before !== undefined
          ? respondJsonPage(c, backend, stream, before)
          : respondFeed(c, backend, stream, format);
      });
  for (const name of ['oldFeed', 'oldFeedForm', 'streamOldFeed', 'streamOldFeedForm'] as const)
    route(app, backend, name, {
      GET: (c) => {
        const { old = '', form = '', kind, name = '' } = c.req.param();
        const stream = kind === undefined ? newsStream : `${kind}/${labelName(name)}`;
        if (stream === `${kind}/`) return respondProblem(c, backend, 'not-found');
        const path = feedPath(stream, oldFeeds[old] ?? oldFeedForms[form] ?? 'rss');
        return redirectTo(c, absoluteUrl(path, backend.context));
      },
    });
  for (const name of archiveRouteNames)
    streamRoute(app, backend, name, (c, stream) => respondArchiveDocument(c, backend, stream));
}

async function respondFeed(
  c: Context,
  backend: PolledBackend,
  stream: string,
  format: FeedFormat,
): Promise<Response> {
  const response = await pollFeed(c, backend, stream, format);
  count({ feedPolls: 1, feedsNotModified: response.status === 304 ? 1 : 0 });
  return response;
}

async function pollFeed(
  c: Context,
  backend: PolledBackend,
  stream: string,
  format: FeedFormat,
): Promise<Response> {
  const feed = await findCurrentFeed(backend, stream, format);
  if (!feed) return respondProblem(c, backend, 'not-found');
  const type = setFeedHeaders(c, feed);
  const link = hubLink(backend, feed);
  if (link) c.header('Link', link);
  const { headers } = c.req.raw;
  if (isNotModified(headers, { etag: feed.etag, lastModified: undefined })) return c.body(null, 304);

  const stored = await findDocumentHead(backend.store, stream, format);
  const known = stored?.etag === feed.etag ? sendable(stored.lastModified, backend.now()) : undefined;
  if (known) c.header('Last-Modified', httpDate(known));
  if (isNotModified(headers, { etag: feed.etag, lastModified: known })) return c.body(null, 304);

  const document = await findDocument(backend, feed, stored);
  if (!document) return respondRefused(c, backend);
  const { etag } = document;
  const lastModified = sendable(document.lastModified, backend.now());
  c.header('ETag', etag);
  if (lastModified) c.header('Last-Modified', httpDate(lastModified));
  // The previous document is served, and the reader may have it already.
  if (etag !== feed.etag && isNotModified(headers, { etag, lastModified })) return c.body(null, 304);
  c.header('Content-Type', type);
  if ('text' in document) return c.body(document.text);
  const encoding = preferredEncoding(c);
  if (encoding === 'identity') return c.body(unpack(document.packed));
  c.header('Content-Encoding', encoding);
  return encoding === 'br'
    ? c.body(Buffer.concat(document.packed))
    : c.body(backend.gzips.find(`${stream} ${format} ${etag}`, () => gzipSync(unpack(document.packed))));
}

// RFC 9110 §8.8.2.1: until its second has passed, one time may stand for two documents.
function sendable(lastModified: string, now: string): string | undefined {
  return Date.parse(lastModified) + 1000 <= Date.parse(now) ? lastModified : undefined;
}

/** WebSub §4: where subscribers find the hubs. */
function hubLink({ context }: FeedBackend, { stream, format }: FeedSnapshot): string | undefined {
  const { hubs } = context.site;
  if (hubs.length === 0) return undefined;
  const self = absoluteUrl(feedPath(stream, format), context);
  return [...hubs.map((hub) => `<${hub}>; rel="hub"`), `<${self}>; rel="self"`].join(', ');
}

async function respondJsonPage(
  c: Context,
  backend: FeedBackend,
  stream: string,
  cursor: string,
): Promise<Response> {
  const before = readCursor(cursor);
  if (before === undefined) return respondProblem(c, backend, 'unreadable-address');
  return respondPart(c, backend, await findJsonPage(backend, stream, before));
}

async function respondArchiveDocument(c: Context, backend: FeedBackend, stream: string): Promise<Response> {
  const { month = '', part, format } = c.req.param();
  // A full part is known by its number alone.
  const cursor = part === undefined ? c.req.query('before') : undefined;
  const before = readCursor(cursor);
  if (cursor !== undefined && before === undefined) return respondProblem(c, backend, 'unreadable-address');
  const document = await findArchiveDocument(backend, {
    stream,
    month,
    before,
    format: format === feedFormats.rss.file ? 'rss' : 'atom',
    number: part === undefined ? undefined : Number(part),
  });
  return respondPart(c, backend, document);
}

/** An older document of a feed. It is rendered for each request and not stored: a reader asks for it once. */
async function respondPart(
  c: Context,
  backend: FeedBackend,
  feed: FeedSnapshot | undefined,
): Promise<Response> {
  if (!feed) return respondProblem(c, backend, 'not-found');
  // No Last-Modified: removals move it as well, so that it would have to be stored for each document.
  const type = setFeedHeaders(c, feed);
  const validators = { etag: feed.etag, lastModified: undefined };
  if (isNotModified(c.req.raw.headers, validators)) return c.body(null, 304);
  const rendered = await renderFeed(backend, feed);
  if (rendered) return c.body(rendered.text, 200, { 'Content-Type': type });
  count({ feedsRefused: 1 });
  return respondRefused(c, backend);
}

function respondRefused(c: Context, backend: FeedBackend): Response {
  return respondBusy(c, backend, 'This feed is temporarily unavailable. Try again later.', refusalSeconds);
}

/**
 * Sets the headers that every document of a feed has and returns its Content-Type.
 *
 * Browsers apply the stylesheet of RSS and Atom only to application/xml: their own types are shown as source, or saved. A browser
 * that shows a document says so in Sec-Fetch-Dest, which no feed reader sends; in Accept some readers name HTML too.
 */
function setFeedHeaders(c: Context, { etag, maxAge, edgeSeconds, format }: FeedSnapshot): string {
  c.header('ETag', etag);
  c.header('Cache-Control', `public, max-age=${maxAge}${edgeSeconds ? `, s-maxage=${edgeSeconds}` : ''}`);
  if (format !== 'json') c.header('Vary', 'Sec-Fetch-Dest');
  const isShown = format !== 'json' && c.req.header('sec-fetch-dest') === 'document';
  return `${isShown ? 'application/xml' : feedFormats[format].type}; charset=utf-8`;
}
