import { createHash } from 'node:crypto';
import { copyFileSync, existsSync, mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { dirname, join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { Sha256 } from '@aws-crypto/sha256-js';
import { SignatureV4 } from '@smithy/signature-v4';
import { account } from './account.ts';
import { listen } from './server.ts';

interface Head {
  type: string;
  cacheControl: string;
}

export interface LocalBuckets {
  endpoint: string;
  /** Puts a file there as the CDK CLI does, unless there is one under this key. */
  bring(bucket: string, key: string, file: string): void;
  close(): void;
}

/** What our functions ask of S3, with objects as files: one of a bucket's objects is put, read or deleted. Anything else is refused. */
export async function startBucket(folder: string): Promise<LocalBuckets> {
  async function answer(request: IncomingMessage, response: ServerResponse): Promise<unknown> {
    const { method = '', headers } = request;
    const { pathname, searchParams } = new URL(request.url ?? '', 'http://localhost');
    const body = await buffer(request);
    const refuse = (status: number, why: string) =>
      response.writeHead(status).end(`<Error><Code>${why}</Code></Error>`);
    const [, file] = /^(\/[\w-]+(?:\/[a-z0-9][\w.-]*)+)$/.exec(pathname) ?? [];
    const unknown = [...searchParams.keys()].find((name) => !/^(x-id$|X-Amz-)/.test(name));
    if (!file || unknown) return refuse(501, `NotImplemented ${unknown ?? pathname}`);
    const isSigned =
      headers.authorization?.startsWith('AWS4-HMAC-SHA256 ') ||
      (await isSignedAddress(request, searchParams));
    if (!isSigned) return refuse(403, 'AccessDenied');
    const hash = headers['x-amz-content-sha256'];
    if (hash !== undefined && hash !== createHash('sha256').update(body).digest('hex'))
      return refuse(400, 'XAmzContentSHA256Mismatch');
    const path = join(folder, file);
    if (method === 'PUT') {
      const head: Head = {
        type: headers['content-type'] ?? 'binary/octet-stream',
        cacheControl: headers['cache-control'] ?? '',
      };
      await mkdir(dirname(path), { recursive: true });
      await replace(`${path}.head`, JSON.stringify(head));
      await replace(path, body);
      return response.writeHead(200).end();
    }
    if (method === 'DELETE') {
      for (const each of [path, `${path}.head`]) await rm(each, { force: true });
      return response.writeHead(204).end();
    }
    if (method !== 'GET') return refuse(501, `NotImplemented ${method}`);
    const bytes = await readFile(path).catch(() => undefined);
    // As S3 says to whoever may not list the bucket.
    if (!bytes) return refuse(403, 'AccessDenied');
    const head: Head = JSON.parse(await readFile(`${path}.head`, 'utf8'));
    return response
      .writeHead(200, {
        'content-type': head.type,
        'content-length': bytes.length,
        ...(head.cacheControl && { 'cache-control': head.cacheControl }),
      })
      .end(bytes);
  }

  const { server, url } = await listen(0, (request, response) => {
    void answer(request, response).catch((error) => response.destroy(error));
  });
  return {
    endpoint: url,
    bring(bucket, key, file) {
      const path = join(folder, bucket, key);
      if (existsSync(path)) return;
      mkdirSync(dirname(path), { recursive: true });
      writeFileSync(
        `${path}.head`,
        JSON.stringify({ type: 'binary/octet-stream', cacheControl: '' } satisfies Head),
      );
      copyFileSync(file, `${path}.new`);
      renameSync(`${path}.new`, path);
    },
    close: () => server.close().closeAllConnections(),
  };
}

/** Whether what is sent is what the address was signed for, and in time. */
async function isSignedAddress({ method = '', url = '', headers }: IncomingMessage, query: URLSearchParams) {
  const given = (name: string) => query.get(`X-Amz-${name}`) ?? '';
  const signingDate = new Date(given('Date').replace(/^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)/, '$1-$2-$3T$4:$5:'));
  const expiresIn = Number(given('Expires'));
  if (!(Date.now() <= signingDate.getTime() + expiresIn * 1000)) return false;
  const names = given('SignedHeaders').split(';');
  const { region, credentials } = account;
  const signer = new SignatureV4({
    region,
    credentials,
    service: 's3',
    sha256: Sha256,
    uriEscapePath: false,
  });
  const signed = Object.fromEntries(names.map((name) => [name, String(headers[name] ?? '')]));
  const request = {
    method,
    protocol: 'http:',
    hostname: '',
    path: url.split('?')[0] ?? '',
    headers: { ...signed, 'X-Amz-Content-Sha256': given('Content-Sha256') },
  };
  const again = await signer.presign(request, {
    signingDate,
    expiresIn,
    unhoistableHeaders: new Set(names),
    signableHeaders: new Set(names),
  });
  return again.query?.['X-Amz-Signature'] === given('Signature');
}

/** Whole, or not at all, for whoever reads meanwhile. */
async function replace(path: string, content: string | Buffer): Promise<void> {
  await writeFile(`${path}.new`, content);
  await rename(`${path}.new`, path);
}
