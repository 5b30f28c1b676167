import { Sha256 } from '@aws-crypto/sha256-js';
import { SignatureV4 } from '@smithy/signature-v4';
import { account } from '../../infra/local/account.ts';
import { requireDescribed } from './described.ts';

const signer = new SignatureV4({
  service: 'execute-api',
  region: account.region,
  credentials: account.credentials,
  sha256: Sha256,
});

interface Call {
  method?: string;
  /** Sent as JSON. */
  body?: unknown;
  /** Sent as it is. */
  raw?: string | Buffer;
  headers?: Record<string, string>;
}

/** A request to the write API as an AWS client would sign it. */
export async function signedFetch(
  url: string,
  { method = 'GET', body, raw, headers = {} }: Call = {},
): Promise<Response> {
  const { protocol, hostname, port, pathname, searchParams, host } = new URL(url);
  const text = raw ?? (body === undefined ? undefined : JSON.stringify(body));
  const lowerCased = Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]),
  );
  const signed = await signer.sign({
    method,
    protocol,
    hostname,
    port: Number(port),
    path: pathname,
    query: Object.fromEntries(searchParams),
    headers: { host, ...(text !== undefined && { 'content-type': 'application/json' }), ...lowerCased },
    ...(text !== undefined && { body: text }),
  });
  const response = await fetch(url, {
    method,
    redirect: 'manual',
    headers: signed.headers,
    ...(text !== undefined && { body: text }),
  });
  await requireDescribed(method, url, response, text);
  return response;
}
