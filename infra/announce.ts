import { Duration, Validations } from 'aws-cdk-lib';
import { EventSourceMapping, FilterCriteria, FilterRule, StartingPosition } from 'aws-cdk-lib/aws-lambda';
import { Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { partitionOf } from '../functions/store/rows.ts';
import { grantAnnouncing } from './grants.ts';
import { announcingEnvironment, type FunctionSetup, NewsFunction } from './news-function.ts';

/** Handles every change of a stream. What it cannot handle ends in the failure queue and blocks nothing. */
export class Announce extends Construct {
  readonly function: NewsFunction;
  /** Changes that could not be announced. */
  readonly failures: Queue;

  constructor(scope: Construct, id: string, setup: FunctionSetup) {
    super(scope, id);
    const { content } = setup.tables;
    this.function = new NewsFunction(this, 'Function', {
      setup,
      lambda: 'announce',
      description: 'Tells hubs of the feeds that have changed',
      timeout: Duration.minutes(1),
      environment: announcingEnvironment(setup),
    });
    this.failures = new Queue(this, 'Failures', {
      encryption: QueueEncryption.SQS_MANAGED,
      enforceSSL: true,
      retentionPeriod: Duration.days(14),
    });
    Validations.of(this.failures).acknowledge({
      id: 'AwsSolutions-SQS3',
      reason:
        'It is a dead-letter queue itself, for a table stream; the rule only knows the dead-letter queues of queues.',
    });
    grantAnnouncing(setup.tables, this.function);
    this.failures.grant(this.function, 'sqs:SendMessage');
    content.grantStreamRead(this.function);
    new EventSourceMapping(this, 'Changes', {
      target: this.function,
      eventSourceArn: content.tableStreamArn as string,
      startingPosition: StartingPosition.TRIM_HORIZON,
      batchSize: 100,
      filters: [
        FilterCriteria.filter({
          // Every visible change of an article changes its cards, and only cards name the streams.
          dynamodb: { Keys: { pk: { S: FilterRule.beginsWith(partitionOf('card', { stream: '' })) } } },
        }),
      ],
      retryAttempts: 5,
      maxRecordAge: Duration.hours(6),
      bisectBatchOnError: true,
      reportBatchItemFailures: true,
      onFailure: { bind: () => ({ destination: this.failures.queueArn }) },
    });
  }
}
