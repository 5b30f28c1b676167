import type { _Record } from '@aws-sdk/client-dynamodb-streams';
import type { DynamoDBRecord } from 'aws-lambda';
import { account } from './account.ts';

/** As Lambda hands it to functions: binary values as base64 and times as seconds. */
export function lambdaRecord(record: _Record, eventSourceARN: string): DynamoDBRecord {
  const { userIdentity, ...rest } = record;
  return {
    ...(plain(rest) as DynamoDBRecord),
    awsRegion: account.region,
    eventSourceARN,
    ...(userIdentity && {
      userIdentity: { type: userIdentity.Type, principalId: userIdentity.PrincipalId },
    }),
  };
}

function plain(value: unknown): unknown {
  if (value instanceof Uint8Array) return Buffer.from(value).toString('base64');
  if (value instanceof Date) return value.getTime() / 1000;
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, plain(inner)]));
}
