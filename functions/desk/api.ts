import { Sha256 } from '@aws-crypto/sha256-js';
import { SignatureV4 } from '@smithy/signature-v4';
import { SignInError } from './cognito.ts';

export interface Credentials {
  accessKeyId: string;
  secretAccessKey: string;
  sessionToken?: string;
}

/** Who has signed in, and what makes each of their requests. */
export interface Session {
  /** May only write drafts. */
  isContributor: boolean;
  /** Renewed where they have run out; rejects with SignInError where they cannot be. */
  credentials(): Promise<Credentials>;
}

/** Nobody could be reached: what was to be sent is not known to have arrived. */
export class Offline extends Error {
  override name = 'Offline';
}

/** Whoever has signed in must do so again. */
export class Expired extends Error {
  override name = 'Expired';
}

export interface Answer {
  status: number;
  etag: string | undefined;
  // biome-ignore lint/suspicious/noExplicitAny: as the API's description has it for the address
  body: any;
}

export interface Fault {
  pointer: string;
  message: string;
}

interface Sent {
  json?: unknown;
  headers?: Record<string, string>;
}

export interface Api {
  isContributor: boolean;
  /** Rejects with Offline or Expired; every answer of the API, also a refusal, is an answer here. */
  call(method: string, path: string, sent?: Sent): Promise<Answer>;
  /** Rejects like `call`, and with the API's reason where it refuses the picture. */
  upload(
    file: Blob,
    name: string,
    onProgress: (share: number) => void,
  ): Promise<{ path: string; width: number; height: number }>;
}

/** The signed API of the page's own host. */
export function openApi(session: Session, region: string): Api {
  async function signed(
    method: string,
    path: string,
    headers: Record<string, string>,
    body?: string | Uint8Array,
  ) {
    const signer = new SignatureV4({
      service: 'execute-api',
      region,
      credentials: await session.credentials().catch((cause) => {
        throw cause instanceof SignInError
          ? new Expired(cause.message)
          : new Offline('No connection', { cause });
      }),
      sha256: Sha256,
    });
    const { protocol, hostname, host, pathname, searchParams } = new URL(path, location.href);
    const request = await signer.sign({
      method,
      protocol,
      hostname,
      path: pathname,
      query: Object.fromEntries(searchParams),
      headers: { host, ...headers },
      ...(body !== undefined && { body }),
    });
    // The browser sets it, and no script may.
    const { host: _, ...sent } = request.headers;
    return sent;
  }

  return {
    isContributor: session.isContributor,
    async call(method, path, { json, headers = {} } = {}) {
      const body = json === undefined ? undefined : JSON.stringify(json);
      const type = body === undefined ? {} : { 'content-type': 'application/json' };
      const sent = await signed(method, path, { ...type, ...headers }, body);
      const answer = await fetch(path, {
        method,
        // Another address needs another signature: what leads there is no answer.
        redirect: 'manual',
        headers: sent,
        ...(body !== undefined && { body }),
      }).catch((cause) => Promise.reject(new Offline('No connection', { cause })));
      const text = await answer
        .text()
        .catch((cause) => Promise.reject(new Offline('No connection', { cause })));
      return answered(answer.status || 308, text, answer.headers.get('etag') ?? undefined);
    },
    async upload(file, name, onProgress) {
      const path = `${session.isContributor ? '/drafts' : ''}/media/${encodeURIComponent(name)}`;
      const bytes = new Uint8Array(await file.arrayBuffer());
      const headers = await signed('PUT', path, { 'content-type': file.type }, bytes);
      const { status, body } = await send({ path, headers, bytes, onProgress });
      if (status === 200 || status === 201) return body;
      throw new Error(body.detail ?? body.errors?.[0]?.message ?? body.title ?? String(status));
    },
  };
}

function answered(status: number, text: string, etag?: string): Answer {
  const body = text === '' ? undefined : JSON.parse(text);
  // API Gateway's own refusal has no other field.
  if (status === 403 && body && 'message' in Object(body)) throw new Expired('Not signed in any more');
  return { status, etag, body };
}

interface Upload {
  path: string;
  headers: Record<string, string>;
  bytes: Uint8Array<ArrayBuffer>;
  onProgress(share: number): void;
}

/** Not by fetch, which does not say how far it is. */
function send({ path, headers, bytes, onProgress }: Upload): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open('PUT', path);
    for (const [name, value] of Object.entries(headers)) request.setRequestHeader(name, value);
    request.upload.onprogress = ({ loaded, total }) => onProgress(loaded / total);
    request.onerror = () => reject(new Offline('No connection'));
    request.onload = () => {
      try {
        resolve(answered(request.status, request.responseText));
      } catch (error) {
        reject(error);
      }
    };
    request.send(bytes);
  });
}
