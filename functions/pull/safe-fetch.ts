import type { IncomingMessage } from 'node:http';
import { buffer } from 'node:stream/consumers';
import { pipeline } from 'node:stream/promises';
import { promisify } from 'node:util';
import { brotliDecompress, gunzip, inflate } from 'node:zlib';
import { type Call, describeFailure, FetchError, type Network, parseAddress, send } from './send-request.ts';

export interface FetchOptions {
  /** The site's base URL, told to strangers: where they can complain. */
  from: string;
  /** For names, redirects and the body together. */
  milliseconds?: number;
  /** Only tests give one. */
  network?: Partial<Network> | undefined;
}

interface Head {
  status: number;
  headers: Headers;
}

export interface Fetched extends Head {
  /** Unpacked. */
  body: Uint8Array;
  /** Where it was found in the end. */
  url: string;
  /** Where permanent redirects (301, 308) led before any other. */
  movedTo?: string;
}

const maxRedirects = 5;
const unpackers = {
  gzip: promisify(gunzip),
  'x-gzip': promisify(gunzip),
  deflate: promisify(inflate),
  br: promisify(brotliDecompress),
};

/** What a stranger publishes, of at most `maxBytes` unpacked. Follows redirects; any other status is an answer. Throws FetchError. */
export async function safeFetch(
  address: string,
  options: FetchOptions & { headers?: Call['headers']; maxBytes?: number },
): Promise<Fetched> {
  const { headers = {}, maxBytes = 5_000_000 } = options;
  const call = { ...begin(options), method: 'GET', headers } as const;
  let url = parseAddress(address);
  let isPermanent = true;
  let movedTo: string | undefined;
  for (let redirects = 0; ; redirects++) {
    const answer = await send({ ...call, url });
    const next = redirectOf(answer, url);
    if (!next) {
      const body = await readBody(answer, url, maxBytes).catch((error) => {
        throw describeFailure(error, { ...call, url }, 'breaks off its answer');
      });
      return { ...headOf(answer), body, url: url.href, ...(movedTo !== undefined && { movedTo }) };
    }
    answer.destroy();
    if (redirects === maxRedirects)
      throw new FetchError(`${url.host} redirects once more after ${maxRedirects} redirects`);
    isPermanent &&= answer.statusCode === 301 || answer.statusCode === 308;
    if (isPermanent) movedTo = next.href;
    url = next;
  }
}

/**
 * Posts a form and reads only the head of the answer. A redirect is an answer: the form is for this address alone.
 * Throws FetchError.
 */
export async function safePost(address: string, form: URLSearchParams, options: FetchOptions): Promise<Head> {
  const answer = await send({
    ...begin(options),
    method: 'POST',
    url: parseAddress(address),
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: form.toString(),
  });
  answer.destroy();
  return headOf(answer);
}

function begin({ from, milliseconds = 10_000, network = {} }: FetchOptions) {
  return { from, network, signal: AbortSignal.timeout(milliseconds) };
}

function redirectOf({ statusCode = 0, headers: { location } }: IncomingMessage, url: URL): URL | undefined {
  if (![301, 302, 303, 307, 308].includes(statusCode) || location === undefined) return undefined;
  // Node reads headers as Latin-1; what is not escaped in an address is UTF-8.
  const next = parseAddress(Buffer.from(location, 'latin1').toString(), url);
  if (url.protocol === 'https:' && next.protocol === 'http:')
    throw new FetchError(`${url.host} redirects from https to http`);
  return next;
}

function headOf({ statusCode = 0, rawHeaders }: IncomingMessage): Head {
  const headers = new Headers();
  for (let index = 0; index < rawHeaders.length; index += 2)
    headers.append(rawHeaders[index] ?? '', rawHeaders[index + 1] ?? '');
  return { status: statusCode, headers };
}

async function readBody(answer: IncomingMessage, { host }: URL, maxBytes: number): Promise<Uint8Array> {
  const tooLong = () => new FetchError(`${host} sends more than ${maxBytes / 1_000_000} MB`);
  const packed = await pipeline(
    answer,
    async function* (chunks: AsyncIterable<Uint8Array>) {
      let length = 0;
      for await (const chunk of chunks) {
        length += chunk.length;
        if (length > maxBytes) throw tooLong();
        yield chunk;
      }
    },
    buffer,
  );
  const encoding = answer.headers['content-encoding']?.toLowerCase() ?? 'identity';
  // A 304 may name the encoding of what it does not send.
  if (encoding === 'identity' || packed.length === 0) return packed;
  if (!Object.hasOwn(unpackers, encoding))
    throw new FetchError(`${host} packs its answer as ${encoding.slice(0, 40)}, which it was not asked for`);
  const unpack = unpackers[encoding as keyof typeof unpackers];
  return unpack(packed, { maxOutputLength: maxBytes }).catch((cause) => {
    throw cause.code === 'ERR_BUFFER_TOO_LARGE'
      ? tooLong()
      : new FetchError(`${host} sends what cannot be unpacked`, { cause });
  });
}

/** Milliseconds that Retry-After asks for (RFC 9110 section 10.2.3), in seconds or as a date; 0 if it says neither. */
export function retryAfter(headers: Headers | undefined, now: number): number {
  const written = headers?.get('retry-after')?.trim() ?? '';
  if (/^\d+$/.test(written)) return Number(written) * 1000;
  // Of the forms of a date only the one that is sent today: Date.parse guesses at all others.
  return /^[A-Z][a-z]{2}, \d\d [A-Z][a-z]{2} \d{4} \d\d:\d\d:\d\d GMT$/.test(written)
    ? Math.max(0, (Date.parse(written) || now) - now)
    : 0;
}
