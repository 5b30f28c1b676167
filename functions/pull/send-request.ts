import type { LookupAddress } from 'node:dns';
import { lookup } from 'node:dns/promises';
import http, { type IncomingMessage } from 'node:http';
import https from 'node:https';
import { isIP, type LookupFunction } from 'node:net';
import { isPublic } from './public-address.ts';

/** Why a stranger could not be asked: a sentence for the owner. It names the host; the rest of an address may be secret, or long. */
export class FetchError extends Error {
  override name = 'FetchError';
}

export interface Network {
  resolve(name: string): Promise<LookupAddress[]>;
  /** Whether it may be connected to. */
  allows(address: string, port: number): boolean;
  /** The one authority of certificates, in PEM. */
  ca?: string;
}

export interface Call {
  method: 'GET' | 'POST';
  url: URL;
  /** No others: neither cookies nor credentials go out. */
  headers: Partial<Record<'accept' | 'content-type' | 'if-none-match' | 'if-modified-since', string>>;
  body?: string;
  from: string;
  signal: AbortSignal;
  network: Partial<Network>;
}

const maxHeaderSize = 32_768;

/** Throws FetchError unless it is an address that may be asked, as far as it tells itself. */
export function parseAddress(address: string, base?: URL): URL {
  if (!URL.canParse(address, base?.href))
    throw new FetchError(base ? `${base.host} redirects to what is no address` : 'This is no address');
  const url = new URL(address, base);
  url.hash = '';
  if (!/^https?:$/.test(url.protocol)) throw new FetchError(`${url.protocol} is neither http nor https`);
  if (url.username || url.password) throw new FetchError(`A name or password stands before ${url.host}`);
  // Below 1024 other services listen, to which the lines of a request may mean something.
  if (url.port && url.port !== '80' && url.port !== '443' && Number(url.port) < 1024)
    throw new FetchError(`${url.host} is no port of the web`);
  return url;
}

/**
 * One request on a connection of its own; the body of the answer is still to be read, or destroyed. Throws FetchError.
 * The connection looks its name up once, and gets only addresses that it may have: a name cannot change its mind in between.
 */
export function send(call: Call): Promise<IncomingMessage> {
  const { url, method, headers, body, from, signal, network } = call;
  const { resolve = (name) => lookup(name, { all: true }), allows = isPublic, ca } = network;
  const isSecure = url.protocol === 'https:';
  const port = Number(url.port || (isSecure ? 443 : 80));
  const refuse = (address = '') =>
    new FetchError(`${url.host} leads to ${address}, which is not on the Internet`);
  const lookUp: LookupFunction = (name, _, answer) => {
    resolve(name)
      .then((found) => {
        const allowed = found.filter(({ address }) => allows(address, port));
        if (allowed.length === 0) throw refuse(found[0]?.address);
        answer(null, allowed);
      })
      .catch((error) => answer(error, []));
  };
  return new Promise<IncomingMessage>((answered, failed) => {
    // No name is looked up for these.
    const literal = url.hostname.replace(/^\[|\]$/g, '');
    if (isIP(literal) && !allows(literal, port)) throw refuse(literal);
    const request = (isSecure ? https : http).request(url, {
      method,
      headers: { ...headers, 'user-agent': `Newswire (+${from})`, 'accept-encoding': 'gzip, br' },
      signal,
      // Neither kept connections, whose address was another call's, nor a proxy of the environment.
      agent: false,
      lookup: lookUp,
      maxHeaderSize,
      ...(ca && { ca }),
    });
    request.on('socket', (socket) => {
      socket.on('connect', () => {
        if (!allows(socket.remoteAddress ?? '', port)) request.destroy(refuse(socket.remoteAddress));
      });
    });
    request.on('response', (answer) => {
      request.on('error', (error) => answer.destroy(error));
      answered(answer);
    });
    request.on('error', failed);
    // After a 101 there is neither an answer nor an error.
    request.on('close', () => failed(new FetchError(`${url.host} does not answer in HTTP`)));
    request.end(body);
  }).catch((error) => {
    throw describeFailure(error, call, 'cannot be reached');
  });
}

/** As a FetchError, whatever it was; `otherwise` says what happened where the error's code tells no more. */
export function describeFailure(error: unknown, { url, signal }: Call, otherwise: string): FetchError {
  if (error instanceof FetchError) return error;
  if (signal.aborted) return new FetchError(`${url.host} takes too long`, { cause: error });
  const { code = '', name } = error as NodeJS.ErrnoException;
  const what = code.startsWith('HPE_')
    ? 'does not answer in proper HTTP'
    : /CERT|SIGNATURE/.test(code)
      ? 'has no certificate that can be trusted'
      : otherwise;
  return new FetchError(`${url.host} ${what} (${code || name})`, { cause: error });
}
