import { createHash } from 'node:crypto';
import { requireSetting, setting } from '../runtime/environment.ts';
import { awsSigner } from './aws-signer.ts';

/** S3 did not do what was asked. Its name tells that the same request may succeed in a moment. */
class BucketError extends Error {
  override name = 'NetworkingError';
}

interface Request {
  method: 'GET' | 'PUT' | 'DELETE';
  key: string;
  headers?: Record<string, string>;
  body?: Uint8Array;
  /** Of the stack's own by default. */
  bucket?: Bucket;
}

/** A bucket's name, and its host. */
export interface Bucket {
  name: string;
  host: string;
}

/** Twice as long is less than readers wait. */
const patience = { GET: 4_000, PUT: 10_000, DELETE: 4_000 };

/**
 * One call of S3, signed as the SDK signs: its client would add 140 KB to the function that answers readers. Every call may be repeated.
 */
export async function callBucket(request: Request): Promise<Response> {
  const { method, body, key } = request;
  const sha256 = body ? createHash('sha256').update(body).digest('hex') : emptyHash;
  const { url, parts } = address(request, { ...request.headers, 'x-amz-content-sha256': sha256 });
  const { headers } = await awsSigner('s3').sign(parts);
  // As the SDK names the caller.
  headers['user-agent'] = `app/${process.env.AWS_SDK_UA_APP_ID ?? 'newswire'}`;
  for (let attempt = 1; ; attempt++) {
    const answer = await fetch(url, {
      method,
      headers,
      ...(body && { body: new Uint8Array(body) }),
      signal: AbortSignal.timeout(patience[method]),
    }).catch((cause) => new BucketError(`S3 cannot be reached: ${cause.message}`, { cause }));
    if (answer instanceof Response && (answer.ok || isMissing(answer))) return answer;
    if (attempt < 2) continue;
    if (answer instanceof BucketError) throw answer;
    throw new BucketError(`S3 answered ${answer.status} to ${method} ${key}: ${await answer.text()}`);
  }
}

/** Undefined if there is none. S3 says 403 to whoever may not list the bucket. */
export async function readObject(key: string, bucket?: Bucket): Promise<Response | undefined> {
  const answer = await callBucket({ method: 'GET', key, ...(bucket && { bucket }) });
  return answer.ok ? answer : undefined;
}

/** An address for anybody who sends exactly these headers, for a quarter of an hour. */
export async function signAddress(
  method: 'GET' | 'PUT',
  key: string,
  headers: Record<string, string> = {},
): Promise<string> {
  const { url, parts } = address(
    { method, key },
    {
      ...headers,
      'X-Amz-Content-Sha256': 'UNSIGNED-PAYLOAD',
    },
  );
  const { query = {} } = await awsSigner('s3').presign(parts, {
    expiresIn: signedSeconds,
    unhoistableHeaders: new Set(Object.keys(headers)),
    signableHeaders: new Set(['host', ...Object.keys(headers)]),
  });
  return `${url}?${new URLSearchParams(query as Record<string, string>)}`;
}

export const signedSeconds = 900;
const emptyHash = createHash('sha256').digest('hex');

function isMissing({ status }: Response): boolean {
  return status === 404 || status === 403;
}

function address({ method, key, bucket }: Request, headers: Record<string, string>) {
  const { name, host } = bucket ?? {
    name: requireSetting(setting.mediaBucket),
    host: requireSetting(setting.mediaHost),
  };
  // An emulator, as the SDK would find it.
  const endpoint = process.env.AWS_ENDPOINT_URL_S3 ?? process.env.AWS_ENDPOINT_URL;
  const url = new URL(endpoint ? `${endpoint}/${name}/${key}` : `https://${host}/${key}`);
  const { protocol, hostname, pathname: path } = url;
  return { url, parts: { method, protocol, hostname, path, headers: { ...headers, host: url.host } } };
}
