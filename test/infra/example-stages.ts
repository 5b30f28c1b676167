import type { Stage } from '../../infra/stages.ts';

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
  caps: {
    content: { maxReadRequestUnits: 100, maxWriteRequestUnits: 50 },
    views: { maxReadRequestUnits: 40, maxWriteRequestUnits: 80 },
    requests: { perSecond: 20, burst: 30 },
  },
  alarmEmail: 'desk@example.com',
  logRetentionDays: 14,
  keepsData: true,
} satisfies Stage;
