import { join } from 'node:path';
import { type CfnResource, type CustomResourceProvider, Duration, RemovalPolicy, Stack } from 'aws-cdk-lib';
import { Rule, Schedule } from 'aws-cdk-lib/aws-events';
import { LambdaFunction } from 'aws-cdk-lib/aws-events-targets';
import { Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Architecture, Code, Function as Lambda, LoggingFormat, Runtime } from 'aws-cdk-lib/aws-lambda';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import type { Construct } from 'constructs';
import { setting } from '../functions/runtime/environment.ts';
import type { LambdaName } from './function-bundles.ts';
import type { MediaBucket } from './media.ts';
import { type Stage, stackName } from './stages.ts';
import type { Tables } from './tables.ts';

/** What each function's construct needs from the stack. */
export interface FunctionSetup {
  stage: Stage;
  tables: Tables;
  media: MediaBucket;
  /** The folder that writeAssets filled. */
  bundles: string;
  /** Without a trailing slash. */
  baseUrl: string;
  rendererBuild: string;
  /** How long after a change the edge may still serve the old feed. */
  oldFeedSeconds: number;
}

export interface NewsFunctionProps {
  setup: FunctionSetup;
  lambda: LambdaName;
  description: string;
  /** In addition to the tables and the site's address, which every function gets. */
  environment?: Record<string, string>;
  timeout: Duration;
  memorySize?: number;
  reservedConcurrentExecutions?: number;
}

/** A Lambda that may only write to its own log group, until it is granted more. */
export class NewsFunction extends Lambda {
  constructor(scope: Construct, id: string, props: NewsFunctionProps) {
    const { setup, lambda, environment, ...rest } = props;
    const logGroup = new LogGroup(scope, 'Logs', {
      retention: setup.stage.logRetentionDays,
      removalPolicy: RemovalPolicy.DESTROY,
    });
    // A role of our own: the managed policy may create and write every log group of the account.
    const role = new Role(scope, 'Role', { assumedBy: new ServicePrincipal('lambda.amazonaws.com') });
    logGroup.grantWrite(role);
    super(scope, id, {
      memorySize: 512,
      ...rest,
      environment: {
        [setting.contentTable]: setup.tables.content.tableName,
        [setting.viewsTable]: setup.tables.views.tableName,
        [setting.baseUrl]: setup.baseUrl,
        [setting.service]: stackName(setup.stage),
        ...environment,
      },
      code: Code.fromAsset(join(setup.bundles, lambda)),
      handler: 'index.handler',
      runtime: Runtime.NODEJS_24_X,
      architecture: Architecture.ARM_64,
      loggingFormat: LoggingFormat.JSON,
      logGroup,
      role,
    });
  }
}

/** Nothing is repeated: the next run comes in a minute, and hours of late ones would all run at once. */
export function runEveryMinute(scope: Construct, lambda: NewsFunction): void {
  const once = { retryAttempts: 0, maxEventAge: Duration.minutes(1) };
  lambda.configureAsyncInvoke(once);
  new Rule(scope, 'EveryMinute', {
    schedule: Schedule.rate(Duration.minutes(1)),
    targets: [new LambdaFunction(lambda, once)],
  });
}

/**
 * CDK gives the functions of its custom resources no log group: a log would be kept for ever. Their managed policy may create groups:
 * what one says last would bring the group back after `cdk destroy`.
 */
export function boundProviderLogs(scope: Construct, name: string, stage: Stage): void {
  const logs = new LogGroup(scope, 'TriggerLogs', {
    retention: stage.logRetentionDays,
    removalPolicy: RemovalPolicy.DESTROY,
  });
  const provider = Stack.of(scope).node.findChild(name) as CustomResourceProvider;
  (provider.node.findChild('Handler') as CfnResource).addPropertyOverride('LoggingConfig', {
    LogGroup: logs.logGroupName,
  });
  (provider.node.findChild('Role') as CfnResource).addPropertyDeletionOverride('ManagedPolicyArns');
  provider.addToRolePolicy({
    Effect: 'Allow',
    Action: ['logs:CreateLogStream', 'logs:PutLogEvents'],
    Resource: logs.logGroupArn,
  });
}

/** For functions that announce changes. */
export function announcingEnvironment(setup: FunctionSetup): Record<string, string> {
  return { [setting.oldFeedSeconds]: String(setup.oldFeedSeconds) };
}
