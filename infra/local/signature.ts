import { createHash, timingSafeEqual } from 'node:crypto';
import { Sha256 } from '@aws-crypto/sha256-js';
import { SignatureV4 } from '@smithy/signature-v4';
import { account } from './account.ts';
import type { ApiRequest } from './http-event.ts';

const authorization =
  /^AWS4-HMAC-SHA256 Credential=local\/\d{8}\/(?<region>[^/]+)\/execute-api\/aws4_request, ?SignedHeaders=(?<names>[^,]+), ?Signature=(?<signature>[0-9a-f]{64})$/;

/**
 * Whether the request carries the AWS Signature Version 4 that the local credentials make of it, in any region: it is signed again.
 * Neither the signature's age nor the headers it leaves out matter: credentials that everybody knows protect nothing.
 */
export async function isSigned(request: ApiRequest): Promise<boolean> {
  const { region, names, signature } = authorization.exec(request.headers.authorization ?? '')?.groups ?? {};
  const [, ...date] =
    /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/.exec(request.headers['x-amz-date'] ?? '') ?? [];
  if (!region || !names || !signature || date.length === 0) return false;
  // The signer below trusts the hash that a request states.
  const hash = createHash('sha256').update(request.body).digest('hex');
  if ((request.headers['x-amz-content-sha256'] ?? hash) !== hash) return false;
  const [year = 0, month = 0, ...rest] = date.map(Number);
  const signingDate = new Date(Date.UTC(year, month - 1, ...rest));
  const expected = await sign(request, new Set(names.split(';')), signingDate, region);
  return timingSafeEqual(Buffer.from(expected), Buffer.from(signature));
}

async function sign(
  { method, rawPath, rawQuery, headers, body }: ApiRequest,
  names: Set<string>,
  signingDate: Date,
  region: string,
): Promise<string> {
  const signer = new SignatureV4({
    credentials: account.credentials,
    region,
    service: 'execute-api',
    sha256: Sha256,
    applyChecksum: false,
  });
  const signed = await signer.sign(
    {
      method,
      protocol: 'http:',
      hostname: 'localhost',
      path: rawPath,
      query: readQuery(rawQuery),
      headers: Object.fromEntries(Object.entries(headers).filter(([name]) => names.has(name))),
      body,
    },
    { signingDate, signableHeaders: names },
  );
  return signed.headers.authorization?.split('Signature=')[1] ?? '';
}

function readQuery(rawQuery: string): Record<string, string[]> {
  // Signers encode a space as %20: a plus sign is one.
  const query = new URLSearchParams(rawQuery.replaceAll('+', '%2B'));
  return Object.fromEntries([...new Set(query.keys())].map((name) => [name, query.getAll(name)]));
}
