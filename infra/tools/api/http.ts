import { type IncomingMessage, request as plainRequest } from 'node:http';
import { request as secureRequest } from 'node:https';
import type { LookupFunction } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { gunzipSync } from 'node:zlib';

export interface Request {
  method?: string;
  headers?: Record<string, string>;
  body?: string | Buffer;
  /** Uses a connection again, which the site may have closed meanwhile: only with retries. */
  keepsConnection?: boolean;
}

export interface Answer {
  status: number;
  /** Repeated headers are joined by commas. */
  header(name: string): string | undefined;
  /** As received, still compressed. */
  body: Buffer;
  /** Decompressed. */
  text: string;
}

const patienceMilliseconds = 35_000;

/** Sends one request; follows no redirect. */
export async function send(url: string, request: Request = {}): Promise<Answer> {
  const { method = 'GET', headers, body, keepsConnection } = request;
  const start = new URL(url).protocol === 'https:' ? secureRequest : plainRequest;
  const signal = AbortSignal.timeout(patienceMilliseconds);
  const incoming = await new Promise<IncomingMessage>((resolve, reject) => {
    const { hostname } = new URL(url);
    start(url, {
      method,
      signal,
      agent: keepsConnection ? undefined : false,
      headers: {
        'user-agent': 'newswire',
        ...headers,
        ...(body !== undefined && { 'content-length': Buffer.byteLength(body) }),
      },
      ...(hostname.endsWith('.localhost') && { lookup: loopback }),
    })
      .on('response', resolve)
      .on('error', reject)
      .end(body);
  });
  const bytes = await buffer(incoming);
  const isPacked = incoming.headers['content-encoding'] === 'gzip' && bytes.length > 0;
  return {
    status: incoming.statusCode ?? 0,
    header: (name) => incoming.headersDistinct[name.toLowerCase()]?.join(', '),
    body: bytes,
    text: (isPacked ? gunzipSync(bytes) : bytes).toString(),
  };
}

// RFC 6761 §6.3: every name below localhost is this machine, but not every resolver knows that.
const loopback: LookupFunction = (_hostname, { all }, done) => {
  if (all) done(null, [{ address: '127.0.0.1', family: 4 }]);
  else done(null, '127.0.0.1', 4);
};
