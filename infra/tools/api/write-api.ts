import { Agent as PlainAgent } from 'node:http';
import { Agent as SecureAgent } from 'node:https';
import { Sha256 } from '@aws-crypto/sha256-js';
import { SignatureV4 } from '@smithy/signature-v4';
import type { Fault } from '../../../functions/article/fault.ts';
import type { Access } from './access.ts';
import { type Answer, send } from './http.ts';

export interface Writing {
  body?: unknown;
  headers?: Record<string, string>;
}

/** A site's write API: signs each request. Use `keepAlive` only with retries: the site may close a kept connection. */
export class WriteApi {
  readonly url: string;
  readonly #signer: SignatureV4;
  readonly #agent: PlainAgent;

  constructor({ publishUrl, region, credentials }: Access, keepAlive = false) {
    this.url = publishUrl;
    this.#signer = new SignatureV4({ service: 'execute-api', region, credentials, sha256: Sha256 });
    const Agent = publishUrl.startsWith('https:') ? SecureAgent : PlainAgent;
    this.#agent = new Agent({ keepAlive });
  }

  /** One attempt. The path may include a query. */
  async send(method: string, path: string, { body, headers }: Writing = {}): Promise<Answer> {
    const url = new URL(this.url + path);
    const text = body === undefined ? undefined : JSON.stringify(body);
    const signed = await this.#signer.sign({
      method,
      protocol: url.protocol,
      hostname: url.hostname,
      path: url.pathname,
      query: Object.fromEntries(url.searchParams),
      headers: {
        host: url.host,
        ...(text !== undefined && { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(text !== undefined && { body: text }),
    });
    const request = { method, headers: signed.headers, agent: this.#agent };
    return send(url.href, text === undefined ? request : { ...request, body: text });
  }
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
