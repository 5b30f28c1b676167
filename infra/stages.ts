import { type retentionDays, stageFaults } from './stage-faults.ts';

/** Request units a second beyond which DynamoDB refuses, and so the most that a second can cost. */
export interface TableCaps {
  maxReadRequestUnits: number;
  maxWriteRequestUnits: number;
}

export interface Domain {
  /** The site's host name, such as news.example.com. */
  name: string;
  /** The zone at Route 53 that the name is in. */
  hostedZone: { id: string; name: string };
  /** Of a certificate for the name in us-east-1, where CloudFront looks for it. */
  certificateArn: string;
}

/** Where the stack is deployed to, what it may cost and how much of it must outlive mistakes. */
export interface Stage {
  /** Ends the stack's name. */
  name: string;
  /** Absent: wherever the credentials of the deployment lead. */
  env?: { account: string; region: string };
  /** The site's own address; brings the edge with it. */
  domain?: Domain;
  /** CloudFront before the API, without a domain under an address of its own. */
  edge: boolean;
  caps?: {
    content: TableCaps;
    views: TableCaps;
    /** Of the whole API, answered with 429 beyond. */
    requests: { perSecond: number; burst: number };
  };
  /** Told of every alarm, once it has confirmed AWS's first mail. */
  alarmEmail?: string;
  logRetentionDays: (typeof retentionDays)[number];
  /** Tables survive `cdk destroy`, refuse deletion and can be restored to any second of the last 35 days; alarms watch over them. */
  keepsData: boolean;
  /** Tables restored from a backup, used in place of the stack's own. */
  restored?: { content?: { name: string; streamArn: string }; views?: { name: string } };
}

const stages: Stage[] = [
  { name: 'dev', edge: false, logRetentionDays: 7, keepsData: false },
  {
    name: 'prod',
    edge: true,
    caps: {
      content: { maxReadRequestUnits: 1200, maxWriteRequestUnits: 250 },
      views: { maxReadRequestUnits: 400, maxWriteRequestUnits: 600 },
      requests: { perSecond: 200, burst: 400 },
    },
    logRetentionDays: 90,
    keepsData: true,
  },
];

/** A stage that is not there or cannot be deployed as it is written; a line each fault. */
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
  const faults = stageFaults(stage);
  if (faults.length > 0)
    throw new InvalidStageError(faults.map((fault) => `Stage ${stage.name}: ${fault}`).join('\n'));
  return stage;
}

export function stackName({ name }: Stage): string {
  return `Newswire-${name}`;
}

function isStage(wanted: unknown): wanted is Stage {
  return typeof wanted === 'object' && wanted !== null;
}
