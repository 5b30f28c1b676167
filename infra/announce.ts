import { Duration } from 'aws-cdk-lib';
import { EventSourceMapping, FilterCriteria, FilterRule, StartingPosition } from 'aws-cdk-lib/aws-lambda';
import { Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { setting } from '../functions/runtime/environment.ts';
import { contentKey } from '../functions/store/table.ts';
import { grantRendering } from './grant-rendering.ts';
import { type FunctionSetup, NewsFunction } from './news-function.ts';

/** Follows every change of a stream; what cannot be handled ends in the failure queue and holds nothing up. */
export class Announce extends Construct {
  constructor(scope: Construct, id: string, setup: FunctionSetup) {
    super(scope, id);
    const { content } = setup.tables;
    const handler = new NewsFunction(this, 'Function', {
      setup,
      lambda: 'announce',
      description: 'Renders feeds anew when their streams have changed',
      timeout: Duration.minutes(1),
      environment: { [setting.rendererBuild]: setup.rendererBuild },
    });
    const failures = new Queue(this, 'Failures', {
      encryption: QueueEncryption.SQS_MANAGED,
      enforceSSL: true,
      retentionPeriod: Duration.days(14),
    });
    grantRendering(content, handler);
    failures.grant(handler, 'sqs:SendMessage');
    content.grantStreamRead(handler);
    new EventSourceMapping(this, 'Changes', {
      target: handler,
      eventSourceArn: content.tableStreamArn as string,
      startingPosition: StartingPosition.TRIM_HORIZON,
      batchSize: 100,
      filters: [
        FilterCriteria.filter({
          // Every visible change of an article changes its cards, and only they name the streams.
          dynamodb: { Keys: { pk: { S: FilterRule.beginsWith(contentKey.card('', '', '').pk) } } },
        }),
      ],
      retryAttempts: 5,
      maxRecordAge: Duration.hours(6),
      bisectBatchOnError: true,
      reportBatchItemFailures: true,
      onFailure: { bind: () => ({ destination: failures.queueArn }) },
    });
  }
}
