import { createHash, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { Sha256 } from '@aws-crypto/sha256-js';
import { SignatureV4 } from '@smithy/signature-v4';
import { account } from './account.ts';

const authorization =
  /^AWS4-HMAC-SHA256 Credential=local\/\d{8}\/(?<region>[^/]+)\/execute-api\/aws4_request, ?SignedHeaders=(?<names>[^,]+), ?Signature=(?<signature>[0-9a-f]{64})$/;

/**
 * Whether the request carries the AWS Signature Version 4 that the local credentials make of it, in any region: it is signed again.
 * Neither the signature's age nor the headers it leaves out matter: credentials that everybody knows protect nothing.
 */
export async function isSigned(
  { method = '', url = '' }: IncomingMessage,
  headers: Record<string, string>,
  body: Buffer,
): Promise<boolean> {
  const { region, names, signature } = authorization.exec(headers.authorization ?? '')?.groups ?? {};
  const signingDate = readDate(headers['x-amz-date']);
  if (!region || !names || !signature || Number.isNaN(signingDate.getTime())) return false;
  // The signer below trusts the hash that a request states.
  const hash = createHash('sha256').update(body).digest('hex');
  if ((headers['x-amz-content-sha256'] ?? hash) !== hash) return false;
  const { credentials } = account;
  const service = 'execute-api';
  const signer = new SignatureV4({ credentials, region, service, sha256: Sha256, applyChecksum: false });
  const signableHeaders = new Set(names.split(';'));
  const signed = Object.fromEntries(Object.entries(headers).filter(([name]) => signableHeaders.has(name)));
  const [path = '', ...query] = url.split('?');
  const expected = await signer.sign(
    {
      method,
      protocol: 'http:',
      hostname: '',
      path,
      query: readQuery(query.join('?')),
      headers: signed,
      body,
    },
    { signingDate, signableHeaders },
  );
  const [, again = ''] = expected.headers.authorization?.split('Signature=') ?? [];
  return timingSafeEqual(Buffer.from(again), Buffer.from(signature));
}

/** 20260131T120000Z */
function readDate(text = ''): Date {
  return new Date(text.replace(/^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/, '$1-$2-$3T$4:$5:$6Z'));
}

function readQuery(rawQuery: string): Record<string, string[]> {
  // Signers encode a space as %20: a plus sign is one.
  const query = new URLSearchParams(rawQuery.replaceAll('+', '%2B'));
  return Object.fromEntries([...new Set(query.keys())].map((name) => [name, query.getAll(name)]));
}
