import { expect, test } from 'vitest';
import { readResources } from '../../infra/local/resources.ts';
import type { Template } from '../../infra/local/template.ts';
import type { Stage } from '../../infra/stages.ts';
import { synthesiseTemplate } from '../infra/synthesised.ts';
import { lambda, mapping, resource, route, stageOf, table } from './assembly.ts';

const names = { baseUrl: 'http://localhost:1', tablePrefix: 'test-' };
const bounds = { maxReadRequestUnits: 100, maxWriteRequestUnits: 100 };
const everything: Stage = {
  name: 'all',
  edge: true,
  domain: {
    name: 'news.example.com',
    hostedZone: { id: 'Z1', name: 'example.com' },
    certificateArn: 'arn:aws:acm:us-east-1:000000000000:certificate/x',
  },
  caps: { content: bounds, views: bounds, requests: { perSecond: 100, burst: 100 } },
  alarmEmail: 'desk@example.com',
  editors: ['mara@example.com'],
  logRetentionDays: 7,
  keepsData: true,
};

test.each([
  ['dev', 'dev'],
  ['prod', 'prod'],
  ['with everything', everything],
])('knows all that the stage %s has', async (_name, stage) => {
  const template: Template = await synthesiseTemplate({ stage });

  const find = readResources(template, names);

  expect(find('AWS::DynamoDB::GlobalTable').map(({ id }) => id)).toEqual(['Content', 'Views']);
  expect(find('AWS::Lambda::Function').length).toBeGreaterThan(5);
  const addresses = find('AWS::Lambda::Function').map(
    ({ properties }) => properties.Environment?.Variables.BASE_URL,
  );
  const own = stage === everything ? 'https://news.example.com' : names.baseUrl;
  expect(new Set(addresses)).toEqual(new Set([own, undefined]));
});

const known = {
  ...table('Items'),
  ...lambda('Work'),
  ...route('ANY /x', 'Work'),
  ...mapping('Items', 'Work'),
  Minutely: resource('AWS::Events::Rule', {
    ScheduleExpression: 'rate(1 minute)',
    State: 'ENABLED',
    Targets: [{ Arn: { 'Fn::GetAtt': ['Work', 'Arn'] }, Id: 'Target0' }],
  }),
};

test.each([
  ['Items', { GlobalSecondaryIndexes: [] }, 'GlobalSecondaryIndexes [] of Items, AWS::DynamoDB::GlobalTable'],
  ['Items', { BillingMode: 'PROVISIONED' }, 'BillingMode "PROVISIONED" of Items'],
  ['Items', { StreamSpecification: { StreamViewType: 'NEW_IMAGE' } }, 'StreamSpecification.StreamViewType'],
  ['Work', { Layers: ['x'] }, 'Layers ["x"] of Work'],
  ['Work', { Timeout: undefined }, 'Timeout undefined of Work'],
  ['Work', { Environment: { Variables: { A: { 'Fn::Select': [0, ['x']] } } } }, 'Fn::Select'],
  ['RouteANYx', { AuthorizationType: 'JWT' }, 'AuthorizationType "JWT" of RouteANYx'],
  ['RouteANYx', { RouteKey: 'PATCH /x' }, 'RouteKey "PATCH /x"'],
  ['RouteANYx', { RouteKey: 'ANY /{name}/x' }, 'RouteKey "ANY /{name}/x"'],
  ['RouteANYxIntegration', { PayloadFormatVersion: '1.0' }, 'PayloadFormatVersion "1.0"'],
  ['RouteANYxIntegration', { TimeoutInMillis: 50 }, 'TimeoutInMillis 50'],
  ['Mapping', { StartingPosition: 'LATEST' }, 'StartingPosition "LATEST" of Mapping'],
  ['Mapping', { Enabled: false }, 'Enabled false of Mapping'],
  ['Mapping', { MaximumRetryAttempts: -1 }, 'MaximumRetryAttempts -1'],
  ['Mapping', { EventSourceArn: { 'Fn::GetAtt': ['Failures', 'Arn'] } }, 'EventSourceArn "arn:aws:sqs'],
  [
    'Mapping',
    { FilterCriteria: { Filters: [{ Pattern: '{"dynamodb":{"Keys":{"pk":{"S":[{"suffix":"x"}]}}}}' }] } },
    'FilterCriteria.Filters.0.Pattern.dynamodb.Keys.pk.S.0',
  ],
  ['Minutely', { State: 'DISABLED' }, 'State "DISABLED" of Minutely'],
  ['Minutely', { ScheduleExpression: 'cron(0 8 * * ? *)' }, 'ScheduleExpression "cron(0 8 * * ? *)"'],
  ['Minutely', { Targets: [] }, 'Targets [] of Minutely'],
] as const)('refuses %s with %j, and names it', async (id, properties, named) => {
  const { [id]: resource } = known as Template['Resources'];
  const changed = {
    ...resource,
    Type: resource?.Type ?? '',
    Properties: { ...resource?.Properties, ...properties },
  };

  const refused = stageOf({ Work: '' }, { ...known, [id]: changed });

  await expect(refused).rejects.toThrow('The local stage does not know ');
  await expect(refused).rejects.toThrow(named);
});

test('refuses a resource of a type that it has not heard of, and an attribute', () => {
  const Shards = resource('AWS::Kinesis::Stream', {});
  const Topic = { Type: 'AWS::SNS::Topic', Condition: 'IsProd' };

  expect(() => readResources({ Resources: { Shards } }, names)).toThrow(
    'The local stage does not know Shards, which is a AWS::Kinesis::Stream: teach it in infra/local, or do without',
  );
  expect(() => readResources({ Resources: { Topic } }, names)).toThrow('does not know Condition of Topic');
});
