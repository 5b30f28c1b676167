import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import type { Context, MiddlewareHandler } from 'hono';
import Negotiator from 'negotiator';

const compressible = /^(text\/|image\/svg\+xml|application\/([\w.-]+\+)?(json|xml)\b)/;
// Shorter bodies gain nothing: the encoding and its header take bytes too.
const minBytes = 1024;

const encoders: Record<string, (body: Uint8Array) => Uint8Array<ArrayBuffer>> = {
  br: (body) => brotliCompressSync(body, { params: { [constants.BROTLI_PARAM_QUALITY]: 5 } }),
  gzip: (body) => gzipSync(body),
};

/** Encodes with brotli or gzip as Accept-Encoding prefers; every answer that could have been encoded gets Vary. */
export const compression: MiddlewareHandler = async (c, next) => {
  await next();
  if (!compressible.test(c.res.headers.get('content-type') ?? '') && c.res.status !== 304) return;
  c.header('Vary', 'Accept-Encoding', { append: true });
  const { body, status, headers } = c.res;
  const encoding = preferredEncoding(c);
  if (!body || !(encoding in encoders) || status === 304 || headers.has('Content-Encoding')) return;
  const bytes = new Uint8Array(await c.res.arrayBuffer());
  const packed = encode(encoding, bytes);
  if (packed) headers.set('Content-Encoding', encoding);
  // Else hono would merge the headers of both, one by one.
  c.res = undefined;
  c.res = new Response(packed ?? bytes, { status, headers });
};

/** Undefined where packing gains nothing. */
export function encode(encoding: string, bytes: Uint8Array): Uint8Array<ArrayBuffer> | undefined {
  return bytes.length < minBytes ? undefined : encoders[encoding]?.(bytes);
}

/** br, gzip or identity. */
export function preferredEncoding(c: Context): string {
  const negotiator = new Negotiator({
    headers: { 'accept-encoding': c.req.header('accept-encoding') ?? '' },
  });
  return negotiator.encoding(['br', 'gzip', 'identity'], { preferred: ['br', 'gzip'] }) ?? 'identity';
}
