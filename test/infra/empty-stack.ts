import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { App } from 'aws-cdk-lib';
import { lambdaNames } from '../../infra/function-bundles.ts';
import { NewswireStack } from '../../infra/newswire-stack.ts';
import type { Stage } from '../../infra/stages.ts';
import { newsApp } from '../../infra/synthesise.ts';
import { temporaryFolder } from './content-folder.ts';
import type { Template } from './template.ts';

/** The stage's stack around functions of no code: what is asked of everything else needs no bundling. */
export function stackOf(app: App, stage: Stage): NewswireStack {
  const bundles = temporaryFolder();
  for (const lambda of lambdaNames) mkdirSync(join(bundles, lambda));
  return new NewswireStack(app, { stage, bundles, rendererBuild: '0' });
}

export function templateOf(stage: Stage): Template {
  const app = newsApp({ outdir: temporaryFolder(), validate: false });
  stackOf(app, stage);
  return app.synth().stacks[0]?.template;
}

/** Everything that a stage can have. */
export const everything = {
  name: 'everything',
  env: { account: '123456789012', region: 'eu-central-1' },
  domain: {
    name: 'news.example.com',
    hostedZone: { id: 'Z0123456789ABC', name: 'example.com' },
    certificateArn: 'arn:aws:acm:us-east-1:123456789012:certificate/0a1b2c3d',
  },
  edge: true,
  plan: { tier: 'PRO', webAclArn: 'arn:aws:wafv2:us-east-1:123456789012:global/webacl/desk/0a1b2c3d' },
  caps: {
    content: { maxReadRequestUnits: 100, maxWriteRequestUnits: 50 },
    views: { maxReadRequestUnits: 40, maxWriteRequestUnits: 80 },
    requests: { perSecond: 20, burst: 30 },
    concurrency: 50,
  },
  alarmEmail: 'desk@example.com',
  editors: ['mara@example.com'],
  contributors: ['tom@example.com', 'ada@example.com'],
  logRetentionDays: 14,
  keepsData: true,
} satisfies Stage;
