import { createHash, timingSafeEqual } from 'node:crypto';
import { Sha256 } from '@aws-crypto/sha256-js';
import { SignatureV4 } from '@smithy/signature-v4';
import { account } from './account.ts';
import type { ApiRequest } from './http-event.ts';

const maxSkewMilliseconds = 15 * 60 * 1000;

const authorization =
  /^AWS4-HMAC-SHA256 Credential=(?<key>[^/]+)\/(?<day>\d{8})\/(?<region>[^/]+)\/execute-api\/aws4_request, ?SignedHeaders=(?<names>[^,]+), ?Signature=(?<signature>[0-9a-f]{64})$/;

/** Whether AWS Signature Version 4 proves the local credentials, for any region, in the request's headers. */
export async function isSigned(request: ApiRequest, now: Date): Promise<boolean> {
  const { key, day, region, names, signature } =
    authorization.exec(request.headers.authorization ?? '')?.groups ?? {};
  const time = request.headers['x-amz-date'] ?? '';
  const signingDate = new Date(
    time.replace(/^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/, '$1-$2-$3T$4:$5:$6Z'),
  );
  if (!region || !names || !signature || key !== account.credentials.accessKeyId) return false;
  if (
    !time.startsWith(`${day}T`) ||
    !(Math.abs(now.getTime() - signingDate.getTime()) <= maxSkewMilliseconds)
  )
    return false;
  const signedNames = new Set(names.split(';'));
  if (!mustBeSigned(request).every((name) => signedNames.has(name)) || !statesItsHash(request)) return false;
  const expected = await sign(request, signedNames, signingDate, region);
  return timingSafeEqual(Buffer.from(expected), Buffer.from(signature));
}

/** What an attacker could otherwise change unnoticed. */
function mustBeSigned({ headers }: ApiRequest): string[] {
  return ['host', ...Object.keys(headers).filter((name) => name.startsWith('x-amz-'))];
}

/** The signer below trusts a stated hash instead of making its own. */
function statesItsHash({ headers, body }: ApiRequest): boolean {
  const stated = headers['x-amz-content-sha256'];
  return stated === undefined || stated === createHash('sha256').update(body).digest('hex');
}

/** The signature as its owner would have made it. */
async function sign(
  { method, rawPath, rawQuery, headers, body }: ApiRequest,
  names: Set<string>,
  signingDate: Date,
  region: string,
): Promise<string> {
  const { credentials } = account;
  const signer = new SignatureV4({
    credentials,
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
      query: queryOf(rawQuery),
      headers: Object.fromEntries(Object.entries(headers).filter(([name]) => names.has(name))),
      body,
    },
    { signingDate, signableHeaders: names },
  );
  return signed.headers.authorization?.split('Signature=')[1] ?? '';
}

function queryOf(rawQuery: string): Record<string, string[]> {
  // Signers encode a space as %20: a plus sign is one.
  const parameters = new URLSearchParams(rawQuery.replaceAll('+', '%2B'));
  return Object.fromEntries([...new Set(parameters.keys())].map((name) => [name, parameters.getAll(name)]));
}
