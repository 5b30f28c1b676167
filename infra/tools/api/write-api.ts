import { Sha256 } from '@aws-crypto/sha256-js';
import { SignatureV4 } from '@smithy/signature-v4';
import type { Fault } from '../../../functions/article/fault.ts';
import type { Access } from './access.ts';
import { type Answer, type Request, send } from './http.ts';

/** Bytes that are sent as they are. */
export interface Raw {
  raw: Buffer;
  type: string;
}

/** Another body is sent as JSON. */
export type Writing = Pick<Request, 'headers' | 'keepsConnection'> & { body?: unknown };

/** One signed request to a site's write API. The path may include a query. */
export async function sendSigned(
  { publishUrl, region, credentials, service = 'execute-api' }: Access,
  method: string,
  path: string,
  { body, headers, keepsConnection }: Writing = {},
): Promise<Answer> {
  const { href, protocol, hostname, host, pathname, searchParams } = new URL(publishUrl + path);
  const isRaw = typeof body === 'object' && body !== null && 'raw' in body;
  const { raw, type } = (isRaw ? body : { raw: JSON.stringify(body), type: 'application/json' }) as Raw;
  const content = body !== undefined && { body: raw };
  const signer = new SignatureV4({ service, region, credentials, sha256: Sha256 });
  const signed = await signer.sign({
    method,
    protocol,
    hostname,
    path: pathname,
    query: Object.fromEntries(searchParams),
    headers: { host, ...(content && { 'content-type': type }), ...headers },
    ...content,
  });
  return send(href, {
    method,
    headers: signed.headers,
    ...content,
    ...(keepsConnection && { keepsConnection }),
  });
}

/** The faults that a refusal names: RFC 9457, or API Gateway's own message. */
export function problemFaults({ status, text }: Answer): Fault[] {
  const { errors, detail, title, message } = parse(text);
  if (Array.isArray(errors) && errors.length > 0)
    return errors.map((error) => ({
      pointer: String(error?.pointer ?? ''),
      message: String(error?.message),
    }));
  return [{ pointer: '', message: `${detail ?? title ?? message ?? 'is refused'} (${status})` }];
}

// biome-ignore lint/suspicious/noExplicitAny: it may come from anywhere
function parse(text: string): any {
  try {
    return JSON.parse(text) ?? {};
  } catch {
    return {};
  }
}
