import { RetentionDays } from 'aws-cdk-lib/aws-logs';

/** Where the stack is deployed to and how much of it must outlive mistakes. */
export interface Stage {
  name: string;
  /** Tables survive `cdk destroy`, refuse deletion and can be restored to any second of the last 35 days. */
  keepsData: boolean;
  logRetention: RetentionDays;
}

const stages: Stage[] = [
  { name: 'dev', keepsData: false, logRetention: RetentionDays.ONE_WEEK },
  { name: 'prod', keepsData: true, logRetention: RetentionDays.THREE_MONTHS },
];

export class UnknownStageError extends Error {
  override name = 'UnknownStageError';

  constructor(stage: unknown) {
    super(
      `There is no stage ${JSON.stringify(stage)}; use one of ${stages.map(({ name }) => name).join(', ')}`,
    );
  }
}

export function requireStage(name: unknown): Stage {
  const stage = stages.find((known) => known.name === name);
  if (!stage) throw new UnknownStageError(name);
  return stage;
}
