import { createHash } from 'node:crypto';
import type { Context } from 'hono';
import Negotiator from 'negotiator';
import { newsStream } from '../article/stream-name.ts';
import type { FeedBackend } from '../feed/backend.ts';
import { findMaxAge } from '../feed/stream-cards.ts';
import { renderErrorPage } from '../pages/error-page.tsx';
import { busyResponse, failureResponse, problemResponse, problems } from '../runtime/problem.ts';
import { isNotModified } from '../runtime/request.ts';

// Negotiator takes `application/json; charset=utf-8` for another type than ours.
const parameter = /;\s*(?!q\s*=)[^\s;,="]+\s*=\s*(?:"(?:[^"\\]|\\.)*"|[^\s;,"]*)/gi;

/** Whether Accept ranks JSON above HTML. */
export function prefersJson(c: Context): boolean {
  const accept = (c.req.header('accept') ?? '*/*').replace(parameter, '');
  const negotiator = new Negotiator({ headers: { accept } });
  return negotiator.mediaType(['text/html', 'application/json']) === 'application/json';
}

/** Answers text with the hash of its bytes as ETag. */
export function respondText(c: Context, text: string, type: string, cacheControl = 'no-cache'): Response {
  return respondDocument(c, { etag: etagOf(text), body: text, type, cacheControl });
}

export function etagOf(text: string): string {
  return `W/"${createHash('sha256').update(text).digest('base64url').slice(0, 27)}"`;
}

interface Document {
  etag: string;
  body: string | Uint8Array<ArrayBuffer>;
  /** Of the body, if it is packed already. */
  encoding?: string;
  type: string;
  cacheControl: string;
}

export function respondDocument(
  c: Context,
  { etag, body, encoding, type, cacheControl }: Document,
): Response {
  c.header('ETag', etag);
  c.header('Cache-Control', cacheControl);
  if (isNotModified(c.req.raw.headers, { etag, lastModified: undefined })) return c.body(null, 304);
  if (encoding) c.header('Content-Encoding', encoding);
  return c.body(body, 200, { 'Content-Type': `${type}; charset=utf-8` });
}

/** For what no article changes. */
export const cachedForMinutes = 'public, max-age=300';

/**
 * The same for documents about all news: caches may keep them until the next known change, five minutes at most; the edge for so many seconds
 * where they are given.
 */
export async function respondCacheable(
  c: Context,
  backend: FeedBackend,
  rendering: string | Promise<string>,
  type: string,
  edgeSeconds?: number,
): Promise<Response> {
  const [text, maxAge] = await Promise.all([rendering, findMaxAge(backend, newsStream, backend.now())]);
  return respondText(
    c,
    text,
    type,
    `public, max-age=${maxAge}${edgeSeconds ? `, s-maxage=${edgeSeconds}` : ''}`,
  );
}

const details = {
  'unreadable-address': 'Part of this address cannot be read.',
  'not-found': 'There is nothing at this address. It may have been mistyped.',
  'wrong-method': 'This address does not support this method.',
  gone: 'This article has been removed.',
} as const;

/** An error as HTML if Accept names it, as browsers do, otherwise as problem+json (RFC 9457). */
export function respondProblem(
  c: Context,
  backend: FeedBackend,
  kind: keyof typeof details,
  { headers = {}, reason }: { headers?: Record<string, string>; reason?: string | undefined } = {},
): Response {
  const detail = reason === undefined ? details[kind] : `${details[kind]} ${reason}`;
  return negotiated(c, backend, kind, problemResponse(kind, { detail }, headers), reason);
}

export function respondFailure(c: Context, backend: FeedBackend, error: unknown): Response {
  const response = failureResponse(error);
  return negotiated(c, backend, response.status === problems.busy.status ? 'busy' : 'failure', response);
}

/** 503 with Retry-After. */
export function respondBusy(c: Context, backend: FeedBackend, detail: string, seconds?: number): Response {
  return negotiated(c, backend, 'busy', busyResponse(detail, seconds));
}

function negotiated(
  c: Context,
  { context }: FeedBackend,
  kind: keyof typeof details | 'busy' | 'failure',
  { status, headers, body }: Response,
  reason?: string,
): Response {
  headers.set('Vary', 'Accept');
  headers.set('Cache-Control', 'no-cache');
  if (!/\btext\/html\b/.test(c.req.header('accept') ?? '')) return new Response(body, { status, headers });
  headers.set('Content-Type', 'text/html; charset=utf-8');
  return new Response(renderErrorPage(kind, context, reason), { status, headers });
}
