import * as z from 'zod';
import type { Stage } from './stages.ts';

/** Of a log, as CloudWatch can be told. */
export const retentionDays = [1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 731, 1096, 1827] as const;
const hostName = text(/^([a-z0-9]([a-z0-9-]*[a-z0-9])?\.)+[a-z]{2,}$/, 'must be a host name');
const whole = z.int('must be a whole number').min(1, 'must be at least 1');
const tableCaps = z.strictObject({ maxReadRequestUnits: whole, maxWriteRequestUnits: whole });

const domain = z
  .strictObject({
    name: hostName,
    hostedZone: z.strictObject({
      id: text(/^Z[A-Z0-9]+$/, 'must be the id of a hosted zone, such as Z0123456789ABC'),
      name: hostName,
    }),
    certificateArn: z
      .string('is needed: CloudFront has to prove the name')
      .regex(/^arn:aws:acm:us-east-1:\d{12}:certificate\/\S+$/, 'must be of a certificate in us-east-1'),
  })
  .refine(({ name, hostedZone }) => `.${name}`.endsWith(`.${hostedZone.name}`), {
    path: ['name'],
    message: 'must be in the hosted zone',
  });

const tableName = text(/^[\w.-]{3,255}$/, 'must be the name of a table');
const restoredContent = z
  .strictObject({ name: tableName, streamArn: z.string('must be the ARN of its stream') })
  .refine(
    ({ name, streamArn }) => streamArn.startsWith('arn:') && streamArn.includes(`:table/${name}/stream/`),
    {
      path: ['streamArn'],
      message: 'must be the ARN of its stream',
    },
  );

const stage = z.strictObject({
  name: text(/^[a-z][a-z0-9-]{0,31}$/, 'must be of lower-case letters, digits and hyphens'),
  env: z
    .strictObject({
      account: text(/^\d{12}$/, 'must be 12 digits'),
      region: text(/^[a-z]{2}(-[a-z]+)+-\d$/, 'must be a region, such as eu-central-1'),
    })
    .optional(),
  domain: domain.optional(),
  edge: z.boolean('must be true or false'),
  caps: z
    .strictObject({
      content: tableCaps,
      // A view is a transaction, two units: with less none could be counted.
      views: tableCaps.extend({ maxWriteRequestUnits: whole.min(2, 'must be at least 2') }),
      requests: z.strictObject({ perSecond: whole, burst: whole }),
    })
    .optional(),
  alarmEmail: z.email('must be an e-mail address').optional(),
  logRetentionDays: z.literal(retentionDays, 'must be a number of days that CloudWatch knows'),
  keepsData: z.boolean('must be true or false'),
  restored: z
    .strictObject({
      content: restoredContent.optional(),
      views: z.strictObject({ name: tableName }).optional(),
    })
    .optional(),
});

function text(pattern: RegExp, message: string) {
  return z.string(message).regex(pattern, message);
}

/** What would fail in the middle of a deployment or cost without end: `<setting> <what is wrong>`. */
export function stageFaults(candidate: Stage): string[] {
  const { error } = stage.safeParse(candidate);
  return (error?.issues ?? []).map((issue) =>
    issue.code === 'unrecognized_keys'
      ? `${[...issue.path, issue.keys[0]].join('.')} is not a setting`
      : `${issue.path.join('.')} ${issue.message}`,
  );
}
