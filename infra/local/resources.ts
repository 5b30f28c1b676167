import { z } from 'zod';
import {
  type Names,
  type ResolvedResource,
  type Resource,
  resolvedTemplate,
  type Template,
  unknownError,
} from './template.ts';

const text = z.string();
const count = z.int().nonnegative();

const only = z.strictObject;

/** A filter of stream records, in JSON: the beginnings that partition keys may have. */
const keyFilter = z.preprocess(
  (pattern) => JSON.parse(String(pattern)),
  only({ dynamodb: only({ Keys: only({ pk: only({ S: z.array(only({ prefix: text })) }) }) }) }),
);

/** What the local stage obeys. */
const schemas = {
  'AWS::DynamoDB::GlobalTable': only({
    BillingMode: z.literal('PAY_PER_REQUEST').optional(),
    KeySchema: z.array(only({ AttributeName: text, KeyType: z.enum(['HASH', 'RANGE']) })),
    AttributeDefinitions: z.array(only({ AttributeName: text, AttributeType: z.enum(['S', 'N', 'B']) })),
    StreamSpecification: only({ StreamViewType: z.enum(['KEYS_ONLY', 'NEW_AND_OLD_IMAGES']) }).optional(),
    TimeToLiveSpecification: only({ AttributeName: text, Enabled: z.literal(true) }).optional(),
  }),
  'AWS::Lambda::Function': only({
    Handler: text,
    Runtime: text,
    MemorySize: count,
    Timeout: count,
    Environment: only({ Variables: z.record(text, text) }).optional(),
  }),
  'AWS::Lambda::Version': only({ FunctionName: text }),
  'AWS::ApiGatewayV2::Api': only({ ProtocolType: z.literal('HTTP') }),
  'AWS::ApiGatewayV2::Stage': only({ StageName: z.literal('$default'), AutoDeploy: z.literal(true) }),
  'AWS::ApiGatewayV2::Integration': only({
    IntegrationType: z.literal('AWS_PROXY'),
    IntegrationUri: text,
    PayloadFormatVersion: z.literal('2.0'),
  }),
  'AWS::ApiGatewayV2::Route': only({
    RouteKey: text.regex(/^(ANY|GET|PUT|DELETE) (\/\w+)*(\/|\/\w+|\/\{proxy\+\})$/),
    AuthorizationType: z.enum(['NONE', 'AWS_IAM']),
    Target: text.regex(/^integrations\/\w+$/),
  }),
  'AWS::Lambda::EventSourceMapping': only({
    EventSourceArn: text.regex(/:table\/[^/]+\/stream\//),
    FunctionName: text,
    StartingPosition: z.literal('TRIM_HORIZON'),
    BatchSize: count,
    MaximumRetryAttempts: count,
    BisectBatchOnFunctionError: z.literal(true),
    FunctionResponseTypes: z.tuple([z.literal('ReportBatchItemFailures')]),
    FilterCriteria: only({ Filters: z.tuple([only({ Pattern: keyFilter })]) }),
    DestinationConfig: only({ OnFailure: only({ Destination: text }) }),
  }),
  'AWS::SQS::Queue': only({}),
  'AWS::S3::Bucket': only({}),
  'AWS::Events::Rule': only({
    ScheduleExpression: text.regex(/^rate\(\d+ minutes?\)$/),
    State: z.literal('ENABLED'),
    // It fires once, and the next time a minute later: nothing is repeated.
    Targets: z.tuple([only({ Arn: text, Id: text, RetryPolicy: z.unknown().optional() })]),
  }),
  'Custom::Trigger': only({
    HandlerArn: text,
    InvocationType: z.literal('RequestResponse'),
    Timeout: text.optional(),
  }),
};

/** Properties that mean nothing on one machine without IAM, quotas and bills; any other is refused. */
const ignored =
  `AccessLogSettings ApiId Architectures BucketEncryption Code DefaultRouteSettings Deployed Description ExecuteOnHandlerChange
  LifecycleConfiguration LoggingConfig MaximumRecordAgeInSeconds MessageRetentionPeriod Name OwnershipControls PublicAccessBlockConfiguration Replicas
  ReservedConcurrentExecutions Role RouteSettings ServiceTimeout ServiceToken SqsManagedSseEnabled Tags VersioningConfiguration WriteOnDemandThroughputSettings`.split(
    /\s+/,
  );

/** What protects, watches and bills the deployed site, or stands before it. */
const withoutPart = [
  'AWS::CloudFront::CachePolicy',
  'AWS::CloudFront::Distribution',
  'AWS::CloudFront::Function',
  'AWS::CloudFront::OriginAccessControl',
  'AWS::CloudWatch::Alarm',
  'AWS::CloudWatch::Dashboard',
  'AWS::Cognito::IdentityPool',
  'AWS::Cognito::IdentityPoolRoleAttachment',
  'AWS::Cognito::ManagedLoginBranding',
  'AWS::Cognito::UserPool',
  'AWS::Cognito::UserPoolClient',
  'AWS::Cognito::UserPoolDomain',
  'AWS::Cognito::UserPoolGroup',
  'AWS::Cognito::UserPoolUser',
  'AWS::Cognito::UserPoolUserToGroupAttachment',
  'AWS::IAM::Policy',
  'AWS::IAM::Role',
  'AWS::Lambda::EventInvokeConfig',
  'AWS::Lambda::Permission',
  'AWS::Logs::LogGroup',
  'AWS::Logs::MetricFilter',
  'AWS::PricingPlanManager::Subscription',
  'AWS::Route53::RecordSet',
  'AWS::S3::BucketPolicy',
  'Custom::S3AutoDeleteObjects',
  'AWS::SNS::Subscription',
  'AWS::SNS::Topic',
  'AWS::SNS::TopicPolicy',
  'AWS::SQS::QueuePolicy',
];

const attributes = ['Type', 'Properties', 'Metadata', 'DependsOn', 'DeletionPolicy', 'UpdateReplacePolicy'];

type Schemas = typeof schemas;
type KnownType = keyof Schemas;

export interface KnownResource<Type extends KnownType> extends ResolvedResource {
  properties: z.output<Schemas[Type]>;
}

/** The resources of a type, in the order of the template. */
export type FindKnown = <Type extends KnownType>(type: Type) => KnownResource<Type>[];

/** Throws StartError, with the name of the first resource or property that the local stage does not know. */
export function readResources(template: Template, names: Names): FindKnown {
  for (const [id, resource] of Object.entries(template.Resources)) requireKnown(id, resource);
  const find = resolvedTemplate(template, names);
  const known = new Map(
    Object.entries(schemas).map(([type, schema]) => [
      type,
      find(type).map((resource) => ({ ...resource, properties: parse(schema, type, resource) })),
    ]),
  );
  return <Type extends KnownType>(type: Type) => known.get(type) as KnownResource<Type>[];
}

function requireKnown(id: string, resource: Resource): void {
  const { Type } = resource;
  if (!(Type in schemas) && !withoutPart.includes(Type)) throw unknownError(`${id}, which is a ${Type}`);
  const attribute = Object.keys(resource).find((name) => !attributes.includes(name));
  if (attribute) throw unknownError(`${attribute} of ${id}`);
}

function parse(schema: z.ZodType, type: string, { id, properties }: ResolvedResource): unknown {
  const given = Object.fromEntries(Object.entries(properties).filter(([name]) => !ignored.includes(name)));
  const { success, data, error } = schema.safeParse(given);
  if (success) return data;
  const [issue] = error.issues;
  const path = [
    ...(issue?.path ?? []),
    ...(issue?.code === 'unrecognized_keys' ? [issue.keys[0] ?? ''] : []),
  ];
  // biome-ignore lint/suspicious/noExplicitAny: the path leads through whatever is there
  const value = path.reduce((inner: any, name) => inner?.[name], given);
  throw unknownError(`${path.map(String).join('.')} ${JSON.stringify(value)} of ${id}, ${type}`);
}
