import * as z from 'zod';

/** Where the stack is deployed to, what it may cost and how much of it must survive mistakes. */
export type Stage = z.infer<typeof stageSchema>;
export type Domain = NonNullable<Stage['domain']>;

const stages: Stage[] = [
  { name: 'dev', edge: false, logRetentionDays: 7, keepsData: false },
  {
    name: 'prod',
    edge: true,
    caps: {
      content: { maxReadRequestUnits: 1200, maxWriteRequestUnits: 250 },
      // A page reads one unit, and each execution environment all rows of a counter, at most sixteen, once a second.
      views: { maxReadRequestUnits: 1200, maxWriteRequestUnits: 700 },
      // More at once than a counter of one row could take: each view that is let through is counted.
      requests: { perSecond: 200, burst: 100 },
    },
    logRetentionDays: 90,
    keepsData: true,
  },
];

const hostName = text(
  /^([a-z0-9]([a-z0-9-]*[a-z0-9])?\.)+([a-z]{2,}|xn--[a-z0-9-]*[a-z0-9])$/,
  'must be a host name',
);
const tableName = text(/^[\w.-]{3,255}$/, 'must be the name of a table');
const whole = z.int('must be a whole number').min(1, 'must be at least 1');
/** Request units a second beyond which DynamoDB refuses: the most that a second can cost. */
const tableCaps = z.strictObject({ maxReadRequestUnits: whole, maxWriteRequestUnits: whole });
/** Of a log, as CloudWatch knows them. */
const retentionDays = [1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 731, 1096, 1827] as const;

const domain = z
  .strictObject({
    /** The site's host name, such as news.example.com. */
    name: hostName,
    /** The zone at Route 53 that the name is in. */
    hostedZone: z.strictObject({
      id: text(/^Z[A-Z0-9]+$/, 'must be the id of a hosted zone, such as Z0123456789ABC'),
      name: hostName,
    }),
    /** Of a certificate for the name in us-east-1, where CloudFront looks for it. */
    certificateArn: z
      .string('is needed: CloudFront has to prove the name')
      .regex(/^arn:aws:acm:us-east-1:\d{12}:certificate\/\S+$/, 'must be of a certificate in us-east-1'),
  })
  .refine(({ name, hostedZone }) => `.${name}`.endsWith(`.${hostedZone.name}`), {
    path: ['name'],
    message: 'must be in the hosted zone',
  });

const restoredContent = z
  .strictObject({ name: tableName, streamArn: z.string('must be the ARN of its stream') })
  .refine(
    ({ name, streamArn }) => streamArn.startsWith('arn:') && streamArn.includes(`:table/${name}/stream/`),
    { path: ['streamArn'], message: 'must be the ARN of its stream' },
  );

const people = z
  .array(z.email('must be an e-mail address').lowercase('must be in lower case'))
  .min(1, 'must name somebody');

/** CloudFront at a monthly price, without any for requests and transfer beyond it. */
const plan = z.strictObject({
  tier: z.enum(['FREE', 'PRO', 'BUSINESS', 'PREMIUM'], 'must be FREE, PRO, BUSINESS or PREMIUM'),
  /** The web ACL that each plan wants. */
  webAclArn: text(
    /^arn:aws:wafv2:us-east-1:\d{12}:global\/webacl\/\S+$/,
    'must be of a web ACL of the scope CloudFront, in us-east-1',
  ),
});

const stageSchema = z
  .strictObject({
    /** Ends the stack's name. */
    name: text(/^[a-z][a-z0-9-]{0,31}$/, 'must be of lower-case letters, digits and hyphens'),
    /** Without it, wherever the credentials of the deployment lead. */
    env: z
      .strictObject({
        account: text(/^\d{12}$/, 'must be 12 digits'),
        region: text(/^[a-z]{2,4}(-[a-z]+)+-\d$/, 'must be a region, such as eu-central-1'),
      })
      .optional(),
    /** The site's own address; brings the edge with it. */
    domain: domain.optional(),
    /** CloudFront before the API, without a domain under an address of its own. */
    edge: z.boolean('must be true or false'),
    plan: plan.optional(),
    caps: z
      .strictObject({
        content: tableCaps,
        // A view is a transaction, two units: with less none could be counted.
        views: tableCaps.extend({ maxWriteRequestUnits: whole.min(2, 'must be at least 2') }),
        /** Of the whole API, answered with 429 beyond. */
        requests: z.strictObject({ perSecond: whole, burst: whole }),
        /** Requests of readers that are answered at once, kept free for them of the account's quota; 503 beyond. */
        concurrency: whole.optional(),
      })
      .optional(),
    /** Told of every alarm, once it has confirmed AWS's first mail. */
    alarmEmail: z.email('must be an e-mail address').optional(),
    /** Who writes in the browser, by mail address; those who may only draft. With either, the stage has accounts, and the desk asks for them. */
    editors: people.optional(),
    contributors: people.optional(),
    logRetentionDays: z.literal(retentionDays, 'must be a number of days that CloudWatch knows'),
    /** Tables survive `cdk destroy`, refuse deletion and can be restored to any second of the last 35 days; alarms watch over them. */
    keepsData: z.boolean('must be true or false'),
    /** Tables restored from a backup, used in place of the stack's own. */
    restored: z
      .strictObject({
        content: restoredContent.optional(),
        views: z.strictObject({ name: tableName }).optional(),
      })
      .optional(),
  })
  .refine((stage) => !stage.plan || stage.edge || stage.domain, {
    path: ['plan'],
    message: 'needs edge: true, or a domain',
  })
  .refine(({ editors = [], contributors = [] }) => !contributors.some((one) => editors.includes(one)), {
    path: ['contributors'],
    message: 'must name nobody who is among the editors',
  });

/** A stage that is not there or cannot be deployed as it is written; one line per fault. */
export class InvalidStageError extends Error {
  override name = 'InvalidStageError';
}

/** The stage of this name, or the one given whole; throws InvalidStageError. */
export function requireStage(wanted: unknown): Stage {
  const stage = isStage(wanted) ? wanted : stages.find(({ name }) => name === wanted);
  if (!stage) {
    const known = stages.map(({ name }) => name).join(', ');
    throw new InvalidStageError(`There is no stage ${JSON.stringify(wanted)}; use one of ${known}`);
  }
  const faults = faultsOf(stage);
  if (faults.length > 0)
    throw new InvalidStageError(faults.map((fault) => `Stage ${stage.name}: ${fault}`).join('\n'));
  return stage;
}

export function stackName({ name }: Stage): string {
  return `Newswire-${name}`;
}

/** The groups of those who write in the browser, which a stage's settings are named by. */
export const writerGroups = ['editors', 'contributors'] as const;
export type WriterGroup = (typeof writerGroups)[number];

/** What would fail in the middle of a deployment or cost without end: `<setting> <what is wrong>`. */
function faultsOf(candidate: Stage): string[] {
  const { error } = stageSchema.safeParse(candidate);
  return (error?.issues ?? []).map((issue) =>
    issue.code === 'unrecognized_keys'
      ? `${[...issue.path, issue.keys[0]].join('.')} is not a setting`
      : `${issue.path.join('.')} ${issue.message}`,
  );
}

function isStage(wanted: unknown): wanted is Stage {
  return typeof wanted === 'object' && wanted !== null;
}

function text(pattern: RegExp, message: string) {
  return z.string(message).regex(pattern, message);
}
