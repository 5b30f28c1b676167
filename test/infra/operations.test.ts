import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { metricNames } from '../../functions/runtime/environment.ts';
import { requireStage } from '../../infra/stages.ts';
import { everything, templateOf } from './empty-stack.ts';
import { constructs } from './synthesised.ts';
import { requireOnly, resourcesOf, type Template } from './template.ts';

const [dev, prod] = ['dev', 'prod'].map((name) => templateOf(requireStage(name))) as [Template, Template];
const told = templateOf(everything);

/** The alarms of a stage by their names: what they watch and when they ring. */
function alarmsOf(template: Template): Record<string, string> {
  return Object.fromEntries(
    resourcesOf(template, 'AWS::CloudWatch::Alarm').map(([, { Properties }]) => [
      Properties.AlarmName.replace(/^Newswire-\w+-/, ''),
      describeAlarm(Properties),
    ]),
  );
}

// biome-ignore lint/suspicious/noExplicitAny: CloudFormation's own shape
function describeAlarm(alarm: any): string {
  const { Metrics, ComparisonOperator, Threshold, EvaluationPeriods, DatapointsToAlarm } = alarm;
  const measured = Metrics?.flatMap(({ MetricStat: stat }: Stat) =>
    stat ? [{ ...stat, ...stat.Metric }] : [],
  );
  const metrics = (measured ?? [alarm]).map(describeMetric).join(' + ');
  const periods = DatapointsToAlarm ? `${DatapointsToAlarm} of ${EvaluationPeriods}` : EvaluationPeriods;
  return `${metrics} ${ComparisonOperator} ${Threshold}, ${periods} in a row`;
}

interface Stat {
  MetricStat?: { Metric: object };
}

// biome-ignore lint/suspicious/noExplicitAny: CloudFormation's own shape
function describeMetric(metric: any): string {
  const { Namespace, MetricName, Dimensions = [], Stat, Statistic = Stat, Period } = metric;
  const owners = Dimensions.map(({ Value }: { Value: Record<string, string | string[]> }) =>
    typeof Value === 'string'
      ? Value
      : String(Value.Ref ?? Value['Fn::GetAtt']?.[0]).replace(/[0-9A-F]{8}$/, ''),
  );
  return `${Statistic} of ${Namespace} ${MetricName} of ${owners} in ${Period} s`;
}

describe('alarms', () => {
  test('ring at the first failure of a function, a change or a view, and at more of what passes by itself', () => {
    const atLeast = 'GreaterThanOrEqualToThreshold';
    const rings = (metric: string, threshold: number, periods = 1) =>
      `${metric} in 300 s ${atLeast} ${threshold}, ${periods} in a row`;
    const throttles = (table: string) =>
      rings(
        ['Read', 'Write']
          .map((kind) => `Sum of AWS/DynamoDB ${kind}ThrottleEvents of ${table}`)
          .join(' in 300 s + '),
        10,
      );
    const expected = (stage: string) => ({
      ...Object.fromEntries(
        constructs.flatMap((name) =>
          ['Errors', 'Throttles'].map((metric) => [
            `${name}${metric}`,
            rings(`Sum of AWS/Lambda ${metric} of ${name}Function`, 1),
          ]),
        ),
      ),
      ChangesLate: rings('Maximum of AWS/Lambda IteratorAge of AnnounceFunction', 10 * 60_000, 2),
      ChangesFailed: rings('Maximum of AWS/SQS ApproximateNumberOfMessagesVisible of AnnounceFailures', 1),
      Api5xx: rings('Sum of AWS/ApiGateway 5xx of HttpApi', 5),
      ReadersRefused: rings(`Sum of Newswire ${stage}-ReadersRefused of `, 10),
      ContentThrottled: throttles('Content'),
      ViewsThrottled: throttles('Views'),
      ViewsMissed: rings(`Sum of Newswire ViewsMissed of ${stage}`, 1),
      FeedsRefused: rings(`Sum of Newswire FeedsRefused of ${stage}`, 1),
      PingsFailed: rings(`Sum of Newswire PingsFailed of ${stage}`, 1),
      SourcesFailed: rings(`Sum of Newswire SourcesFailed of ${stage}`, 1),
    });

    expect(alarmsOf(told)).toEqual(expected('Newswire-everything'));
    expect(alarmsOf(prod)).toEqual(expected('Newswire-prod'));
  });

  test('hear of readers who are answered 429 from the access log, whose status is text', () => {
    const { LogGroupName, FilterPattern, MetricTransformations } = requireOnly(
      prod,
      'AWS::Logs::MetricFilter',
    ).Properties;
    const { Format, DestinationArn } = requireOnly(prod, 'AWS::ApiGatewayV2::Stage').Properties
      .AccessLogSettings;

    expect(FilterPattern).toBe('{ $.status = "429" }');
    expect(JSON.parse(Format).status).toBe('$context.status');
    expect(LogGroupName.Ref).toBe(DestinationArn['Fn::GetAtt'][0]);
    expect(MetricTransformations).toEqual([
      { MetricNamespace: 'Newswire', MetricName: 'Newswire-prod-ReadersRefused', MetricValue: '1' },
    ]);
  });

  test('all are told to the topic, and by it to the address', () => {
    const [topic] = resourcesOf(told, 'AWS::SNS::Topic').map(([id]) => id);
    const actions = resourcesOf(told, 'AWS::CloudWatch::Alarm').map(
      ([, { Properties }]) => Properties.AlarmActions,
    );

    expect(actions).toEqual(actions.map(() => [{ Ref: topic }]));
    expect(requireOnly(told, 'AWS::SNS::Subscription').Properties).toEqual({
      Protocol: 'email',
      Endpoint: 'desk@example.com',
      TopicArn: { Ref: topic },
    });
  });

  test('may publish to the topic, whose own policy would else let nobody', () => {
    const { Statement } = requireOnly(prod, 'AWS::SNS::TopicPolicy').Properties.PolicyDocument;

    expect(Statement).toContainEqual(
      expect.objectContaining({
        Effect: 'Allow',
        Action: 'sns:Publish',
        Principal: { Service: 'cloudwatch.amazonaws.com' },
        Condition: { StringEquals: { 'aws:SourceAccount': { Ref: 'AWS::AccountId' } } },
      }),
    );
  });

  test('take what is not reported for nothing wrong, in a sum too', () => {
    const alarms = resourcesOf(prod, 'AWS::CloudWatch::Alarm').map(([, { Properties }]) => Properties);

    expect(new Set(alarms.map(({ TreatMissingData }) => TreatMissingData))).toEqual(
      new Set(['notBreaching']),
    );
    const sums = alarms.flatMap(({ Metrics }) => Metrics?.map(({ Expression }: never) => Expression) ?? []);
    expect(sums.filter(Boolean)).toEqual(Array(2).fill('FILL(reads, 0) + FILL(writes, 0)'));
  });

  test("name the heading of the operator's guide that says what to do", () => {
    const guide = readFileSync('infra/OPERATING.md', 'utf8');
    const headings = [...guide.matchAll(/^### (\w+)$/gm)].map(([, heading = '']) => heading.toLowerCase());

    const named = resourcesOf(prod, 'AWS::CloudWatch::Alarm').map(
      ([, { Properties }]) =>
        /What to do: infra\/OPERATING\.md#(\w+)$/.exec(Properties.AlarmDescription)?.[1],
    );

    expect(new Set(named)).toEqual(new Set(headings));
  });

  test('are for who is told or has something to lose', () => {
    const heard = templateOf({ ...requireStage('dev'), alarmEmail: 'desk@example.com' });

    expect(alarmsOf(dev)).toEqual({});
    expect(resourcesOf(dev, 'AWS::SNS::Topic')).toEqual([]);
    expect(resourcesOf(prod, 'AWS::SNS::Subscription')).toEqual([]);
    expect(Object.keys(alarmsOf(heard))).toEqual(Object.keys(alarmsOf(prod)));
  });
});

describe('the dashboard', () => {
  test('has a name of its own in each region, as those of an account share one list', () => {
    const nameIn = (template: Template) =>
      requireOnly(template, 'AWS::CloudWatch::Dashboard').Properties.DashboardName;

    expect(nameIn(told)).toBe('Newswire-everything-eu-central-1');
    expect(nameIn(dev)).toEqual({ 'Fn::Join': ['', ['Newswire-dev-', { Ref: 'AWS::Region' }]] });
  });

  const bodyOf = (template: Template) =>
    JSON.stringify(requireOnly(template, 'AWS::CloudWatch::Dashboard').Properties.DashboardBody);

  test.each([
    ...Object.values(metricNames),
    ...['Latency', 'Duration', '5xx', 'Errors', 'ConsumedWriteCapacityUnits'],
    'ApproximateNumberOfMessagesVisible',
  ])('shows %s', (metric) => {
    expect(bodyOf(dev)).toContain(`\\"${metric}\\"`);
  });

  test('shows which share of polls is answered with 304, none being no gap', () => {
    expect(bodyOf(dev)).toContain('100 * FILL(notModified, 0) / polls');
  });

  test('shows what the edge answers where there is one', () => {
    expect(bodyOf(prod)).toContain('AWS/CloudFront');
    expect(bodyOf(dev)).not.toContain('AWS/CloudFront');
  });

  test('is led to by an output, beside the addresses of the site', () => {
    expect(Object.keys(dev.Outputs)).toEqual([
      'SiteUrl',
      'RssUrl',
      'AtomUrl',
      'JsonFeedUrl',
      'DeskUrl',
      'PublishUrl',
      'DashboardUrl',
      'FailureQueueUrl',
      'ContentTable',
      'ViewsTable',
      'MediaBucket',
    ]);
    const { DashboardName } = requireOnly(told, 'AWS::CloudWatch::Dashboard').Properties;
    expect(JSON.stringify(told.Outputs.DashboardUrl)).toContain(`#dashboards/dashboard/${DashboardName}"`);
    expect(prod.Outputs).toHaveProperty('AlarmTopicArn');
  });
});

test('the access log finds a request again and says nothing of who made it', () => {
  const { Format } = requireOnly(prod, 'AWS::ApiGatewayV2::Stage').Properties.AccessLogSettings;

  expect(Object.values(JSON.parse(Format))).toEqual(
    expect.arrayContaining(['$context.requestId', '$context.status', '$context.integrationErrorMessage']),
  );
  expect(Format).not.toMatch(/sourceIp|userAgent|caller|authorizer|queryString/i);
});

test.each([
  'AWS::DynamoDB::GlobalTable',
  'AWS::Lambda::Function',
  'AWS::SQS::Queue',
  'AWS::ApiGatewayV2::Api',
  'AWS::CloudFront::Distribution',
  'AWS::Logs::LogGroup',
])('every %s of ours is tagged with application and stage', (type) => {
  const ours = resourcesOf(prod, type).filter(([id]) => !id.startsWith('AWSCDK'));

  const tags = ours.map(([, { Properties }]) => Properties.Tags ?? Properties.Replicas[0].Tags);

  const list = [
    { Key: 'application', Value: 'newswire' },
    { Key: 'stage', Value: 'prod' },
  ];
  const map = { application: 'newswire', stage: 'prod' };
  expect(tags).toEqual(tags.map((tag) => (Array.isArray(tag) ? list : map)));
});
