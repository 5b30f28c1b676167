import { beforeAll, describe, expect, test } from 'vitest';
import { constructs, synthesiseTemplate } from './synthesised.ts';
import { type Resource, requireOnly, requireResource, resourcesOf, type Template } from './template.ts';

const everywhere = ['BASE_URL', 'CONTENT_TABLE', 'POWERTOOLS_SERVICE_NAME', 'VIEWS_TABLE'];
const bucket = ['MEDIA_BUCKET', 'MEDIA_HOST'];
let template: Template;

beforeAll(async () => {
  template = await synthesiseTemplate({ stage: 'dev' });
});

interface Policy {
  PolicyDocument: { Statement: { Action: string[] }[] };
}

/** What CDK runs triggers by. */
function cdkFunction(): [string, Resource] {
  const [found] = resourcesOf(template, 'AWS::Lambda::Function').filter(([id]) => id.startsWith('AWSCDK'));
  return found as [string, Resource];
}

function lambda(construct: string) {
  return requireResource(template, 'AWS::Lambda::Function', `${construct}Function`).Properties;
}

describe('functions', () => {
  test.each(constructs)(
    '%s runs as CommonJS on arm64 and logs JSON where its role may write',
    (construct) => {
      const { Runtime, Architectures, Handler, LoggingConfig } = lambda(construct);

      expect({ Runtime, Architectures, Handler }).toEqual({
        Runtime: 'nodejs24.x',
        Architectures: ['arm64'],
        Handler: 'index.handler',
      });
      expect(LoggingConfig.LogFormat).toBe('JSON');
      expect(LoggingConfig.LogGroup.Ref.slice(0, -8)).toBe(`${construct}Logs`);
    },
  );

  test.each([
    ['ReadSite', [...everywhere, ...bucket, 'RENDERER_BUILD']],
    ['PublishArticle', everywhere],
    ['ImportContent', everywhere],
    ['Announce', [...everywhere, 'OLD_FEED_SECONDS']],
    ['Sweep', [...everywhere, 'OLD_FEED_SECONDS']],
    ['PullSources', [...everywhere, ...bucket]],
    ['RepairRows', everywhere],
    ['Desk', everywhere],
    ['Media', [...everywhere, ...bucket, 'ASSETS_BUCKET', 'ASSETS_HOST']],
  ])('%s is told its settings', (construct, names) => {
    const { Variables } = lambda(construct).Environment;

    expect(Object.keys(Variables).sort()).toEqual([...names].sort());
    expect(Variables).toMatchObject({ CONTENT_TABLE: { Ref: 'Content' }, VIEWS_TABLE: { Ref: 'Views' } });
    expect(Variables.POWERTOOLS_SERVICE_NAME).toBe('Newswire-dev');
  });

  // API Gateway gives up after 30 s, and a picture's request after 29; the sweep and the pull come back every minute.
  test.each([
    ['ReadSite', 15, 512],
    ['PublishArticle', 25, 1024],
    ['ImportContent', 14 * 60, 1024],
    ['Announce', 60, 512],
    ['Sweep', 55, 512],
    ['PullSources', 55, 1024],
    ['RepairRows', 25, 1024],
    ['Desk', 10, 512],
    ['Media', 14 * 60, 1769],
  ])('%s has %d seconds and %d MB', (construct, Timeout, MemorySize) => {
    expect(lambda(construct)).toMatchObject({ Timeout, MemorySize });
  });

  test('know the site by the address of the API, without a slash at its end', () => {
    const { BASE_URL } = lambda('ReadSite').Environment.Variables;

    const [api, attribute] = BASE_URL['Fn::GetAtt'];
    expect(template.Resources[api]?.Type).toBe('AWS::ApiGatewayV2::Api');
    expect(attribute).toBe('ApiEndpoint');
  });

  test('and the API log into groups that are emptied in time and go with the stack', () => {
    const groups = resourcesOf(template, 'AWS::Logs::LogGroup');
    const used = resourcesOf(template, 'AWS::Lambda::Function').map(
      ([, { Properties }]) => Properties.LoggingConfig.LogGroup.Ref,
    );
    const { AccessLogSettings } = requireOnly(template, 'AWS::ApiGatewayV2::Stage').Properties;
    used.push(AccessLogSettings.DestinationArn['Fn::GetAtt'][0]);

    expect(used.sort()).toEqual(groups.map(([id]) => id).sort());
    expect(
      groups.map(([, { Properties, DeletionPolicy }]) => [Properties.RetentionInDays, DeletionPolicy]),
    ).toEqual(groups.map(() => [7, 'Delete']));
  });

  test('of CDK, too, may write to its own group alone, and cannot make it anew when the stack is gone', () => {
    const [, { Properties }] = cdkFunction();
    const role = template.Resources[Properties.Role['Fn::GetAtt'][0]]?.Properties;
    const logging = role.Policies.flatMap(({ PolicyDocument }: Policy) => PolicyDocument.Statement).filter(
      ({ Action }: { Action: string[] }) => Action.includes('logs:PutLogEvents'),
    );

    expect(role.ManagedPolicyArns).toBeUndefined();
    expect(logging).toEqual([
      {
        Effect: 'Allow',
        Action: ['logs:CreateLogStream', 'logs:PutLogEvents'],
        Resource: { 'Fn::GetAtt': [Properties.LoggingConfig.LogGroup.Ref, 'Arn'] },
      },
    ]);
  });

  test('the API logs where no policy of the account fills up', () => {
    const { AccessLogSettings } = requireOnly(template, 'AWS::ApiGatewayV2::Stage').Properties;
    const group = template.Resources[AccessLogSettings.DestinationArn['Fn::GetAtt'][0]];

    expect(group?.Properties.LogGroupName).toBe('/aws/vendedlogs/Newswire-dev-access');
  });
});

describe('events', () => {
  test('announce hears of streams alone, and nothing it cannot handle holds the stream up', () => {
    const { Properties } = requireOnly(template, 'AWS::Lambda::EventSourceMapping');
    const { FilterCriteria, FunctionName, DestinationConfig, ...rules } = Properties;

    expect(FunctionName.Ref.slice(0, -8)).toBe('AnnounceFunction');
    expect(FilterCriteria.Filters.map(({ Pattern }: { Pattern: string }) => JSON.parse(Pattern))).toEqual([
      { dynamodb: { Keys: { pk: { S: [{ prefix: 'STREAM#' }] } } } },
    ]);
    expect(rules).toMatchObject({
      EventSourceArn: { 'Fn::GetAtt': ['Content', 'StreamArn'] },
      StartingPosition: 'TRIM_HORIZON',
      BatchSize: 100,
      MaximumRetryAttempts: 5,
      MaximumRecordAgeInSeconds: 21_600,
      BisectBatchOnFunctionError: true,
      FunctionResponseTypes: ['ReportBatchItemFailures'],
    });
    const queue = template.Resources[DestinationConfig.OnFailure.Destination['Fn::GetAtt'][0]];
    expect(queue?.Properties).toMatchObject({
      SqsManagedSseEnabled: true,
      MessageRetentionPeriod: 1_209_600,
    });
  });

  test('the failure queue refuses what does not come over TLS', () => {
    const { Properties } = requireOnly(template, 'AWS::SQS::QueuePolicy');

    expect(Properties.PolicyDocument.Statement).toMatchObject([
      { Effect: 'Deny', Action: 'sqs:*', Condition: { Bool: { 'aws:SecureTransport': 'false' } } },
    ]);
  });

  test.each(['Sweep', 'PullSources', 'ImportContent'])(
    '%s runs every minute, and late or after a failure not once more',
    (construct) => {
      const { Properties } = requireResource(template, 'AWS::Events::Rule', `${construct}EveryMinute`);

      expect(Properties.ScheduleExpression).toBe('rate(1 minute)');
      expect(Properties.Targets).toMatchObject([
        {
          Arn: { 'Fn::GetAtt': [expect.stringMatching(`^${construct}Function`), 'Arn'] },
          RetryPolicy: { MaximumEventAgeInSeconds: 60, MaximumRetryAttempts: 0 },
        },
      ]);
      // Lambda keeps and repeats an event as well, once it has taken it.
      const configured = resourcesOf(template, 'AWS::Lambda::EventInvokeConfig').map(
        ([, resource]) => resource,
      );
      const [{ Properties: rules } = { Properties: undefined }] = configured.filter(
        ({ Properties: { FunctionName } }) => FunctionName.Ref.slice(0, -8) === `${construct}Function`,
      );
      expect(rules).toMatchObject({ MaximumEventAgeInSeconds: 60, MaximumRetryAttempts: 0 });
    },
  );

  test('import-content runs when all that it publishes into is there', () => {
    const { Properties, DependsOn } = requireResource(template, 'Custom::Trigger', 'ImportContentTrigger');

    const version = template.Resources[Properties.HandlerArn.Ref];
    expect(version?.Properties.FunctionName.Ref.slice(0, -8)).toBe('ImportContentFunction');
    const kinds = ['GlobalTable', 'Route', 'Function', 'EventSourceMapping', 'Rule', 'Policy'];
    const awaited = new Set(DependsOn?.map((id) => template.Resources[id]?.Type.split('::')[2]));
    expect(kinds.filter((kind) => !awaited.has(kind))).toEqual([]);
    // As long as the function that CDK runs it by, and not the hour that CloudFormation would wait.
    expect(Properties.ServiceTimeout).toBe(900);
    expect(cdkFunction()[1].Properties.Timeout).toBe(900);
  });
});
