import { createHash } from 'node:crypto';
import type { Context } from 'hono';
import { newsStream } from '../article/stream-name.ts';
import type { Backend } from '../feed/backend.ts';
import { findMaxAge } from '../feed/stream-cards.ts';
import { isNotModified } from '../runtime/conditional.ts';

/** What is made anew for each request, under a validator of its bytes; asked for again each time. */
export function answerText(c: Context, text: string, type: string, cacheControl = 'no-cache'): Response {
  const etag = `W/"${createHash('sha256').update(text).digest('base64url').slice(0, 27)}"`;
  c.header('ETag', etag);
  c.header('Cache-Control', cacheControl);
  if (isNotModified(c.req.raw.headers, { etag, lastModified: undefined })) return c.body(null, 304);
  return c.body(text, 200, { 'Content-Type': `${type}; charset=utf-8` });
}

/** The same of a document that tells of all news: kept until the next known change at most. */
export async function answerDocument(
  c: Context,
  backend: Backend,
  text: string,
  type: string,
): Promise<Response> {
  const maxAge = await findMaxAge(backend, newsStream, backend.now());
  return answerText(c, text, type, `public, max-age=${maxAge}`);
}
