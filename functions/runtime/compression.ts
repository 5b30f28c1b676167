import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import type { MiddlewareHandler } from 'hono';
import Negotiator from 'negotiator';

const compressible = /^(text\/|application\/([\w.-]+\+)?(json|xml)\b)/;
// Shorter bodies gain nothing: the encoding and its header take bytes too.
const minBytes = 1024;

const encoders: Record<string, (body: Uint8Array) => Uint8Array> = {
  br: (body) => brotliCompressSync(body, { params: { [constants.BROTLI_PARAM_QUALITY]: 5 } }),
  gzip: (body) => gzipSync(body),
};

/** Encodes with brotli or gzip as Accept-Encoding prefers; every answer that could have been encoded gets Vary. */
export const compression: MiddlewareHandler = async (c, next) => {
  await next();
  if (!compressible.test(c.res.headers.get('content-type') ?? '') && c.res.status !== 304) return;
  c.header('Vary', 'Accept-Encoding', { append: true });
  if (!c.res.body || c.res.status === 304) return;
  const body = new Uint8Array(await c.res.arrayBuffer());
  const encoding = preferredEncoding(c.req.header('accept-encoding'));
  const encode = body.length >= minBytes ? encoders[encoding] : undefined;
  const headers = new Headers(c.res.headers);
  if (encode) headers.set('Content-Encoding', encoding);
  c.res = new Response(encode ? Buffer.from(encode(body)) : body, { status: c.res.status, headers });
};

function preferredEncoding(accepted: string | undefined): string {
  const negotiator = new Negotiator({ headers: { 'accept-encoding': accepted ?? '' } });
  return negotiator.encoding(['br', 'gzip', 'identity'], { preferred: ['br', 'gzip'] }) ?? 'identity';
}
