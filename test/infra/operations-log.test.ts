import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { requireStage } from '../../infra/stages.ts';
import { templateOf } from './empty-stack.ts';
import { requireResource } from './template.ts';

const context = {
  awsRequestId: 'invocation-1',
  functionName: 'read-site',
  functionVersion: '$LATEST',
  invokedFunctionArn: 'arn:aws:lambda:eu-central-1:123456789012:function:read-site',
  memoryLimitInMB: '512',
  logGroupName: '',
  logStreamName: '',
  callbackWaitsForEmptyEventLoop: false,
  getRemainingTimeInMillis: () => 1,
};

const lines: string[] = [];

/** As the functions of prod find it. */
async function openLog() {
  vi.resetModules();
  return import('../../functions/runtime/log.ts');
}

beforeEach(() => {
  const template = templateOf(requireStage('prod'));
  const { Variables } = requireResource(template, 'AWS::Lambda::Function', 'ReadSiteFunction').Properties
    .Environment;
  vi.stubEnv('POWERTOOLS_SERVICE_NAME', Variables.POWERTOOLS_SERVICE_NAME);
  // Powertools then prints by the console that a test can listen to.
  vi.stubEnv('POWERTOOLS_DEV', 'true');
  vi.stubEnv('POWERTOOLS_METRICS_DISABLED', 'false');
  lines.length = 0;
  for (const method of ['log', 'error', 'warn', 'info'] as const)
    vi.spyOn(console, method).mockImplementation((line) => lines.push(String(line)));
});

afterEach(() => {
  vi.restoreAllMocks();
  vi.unstubAllEnvs();
});

test('what is counted is told under the name that alarms and dashboard ask for', async () => {
  const { count } = await openLog();

  count({ feedPolls: 1, feedsNotModified: 1 });

  expect(lines.map((line) => JSON.parse(line))).toEqual([
    {
      _aws: {
        Timestamp: expect.any(Number),
        CloudWatchMetrics: [
          {
            Namespace: 'Newswire',
            Dimensions: [['service']],
            Metrics: [
              { Name: 'FeedPolls', Unit: 'Count' },
              { Name: 'FeedsNotModified', Unit: 'Count' },
            ],
          },
        ],
      },
      service: 'Newswire-prod',
      FeedPolls: 1,
      FeedsNotModified: 1,
    },
  ]);
});

test('what did not happen costs no line', async () => {
  const { count } = await openLog();

  count({ publishes: 0 });

  expect(lines).toEqual([]);
});

test('an entry names its invocation and the request as the access log does', async () => {
  const { logger, logInvocation } = await openLog();

  logInvocation(context, { requestContext: { requestId: 'request-1' } });
  logger.error('A request failed', { path: '/news/a' });

  expect(lines.map((line) => JSON.parse(line))).toMatchObject([
    {
      level: 'ERROR',
      message: 'A request failed',
      service: 'Newswire-prod',
      function_request_id: 'invocation-1',
      correlation_id: 'request-1',
      path: '/news/a',
    },
  ]);
});
