import { Sha256 } from '@aws-crypto/sha256-js';
import { SignatureV4 } from '@smithy/signature-v4';
import { account } from '../../infra/local/account.ts';

const signer = new SignatureV4({
  service: 'execute-api',
  region: account.region,
  credentials: account.credentials,
  sha256: Sha256,
});

/** A request to the write API as an AWS client would sign it. */
export async function signedFetch(
  url: string,
  {
    method = 'GET',
    body,
    headers = {},
  }: { method?: string; body?: unknown; headers?: Record<string, string> } = {},
): Promise<Response> {
  const { protocol, hostname, port, pathname, host } = new URL(url);
  const text = body === undefined ? undefined : JSON.stringify(body);
  const signed = await signer.sign({
    method,
    protocol,
    hostname,
    port: Number(port),
    path: pathname,
    headers: { host, ...(text !== undefined && { 'content-type': 'application/json' }), ...headers },
    ...(text !== undefined && { body: text }),
  });
  return fetch(url, { method, headers: signed.headers, ...(text !== undefined && { body: text }) });
}
