import { Duration, Stack } from 'aws-cdk-lib';
import {
  Alarm,
  ComparisonOperator,
  type IMetric,
  MathExpression,
  TreatMissingData,
} from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import type { ITableV2 } from 'aws-cdk-lib/aws-dynamodb';
import { ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { FilterPattern, type LogGroup, MetricFilter } from 'aws-cdk-lib/aws-logs';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { EmailSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import { Construct } from 'constructs';
import { metricNamespace } from '../functions/runtime/environment.ts';
import { type Monitored, newsMetric } from './monitored.ts';
import { stackName } from './stages.ts';

const period = Duration.minutes(5);
const sum = { period, statistic: 'Sum' };

interface Condition {
  metric: IMetric;
  /** Rings at this value and above. */
  threshold: number;
  /** How many periods of five minutes in a row; 1 by default. */
  periods?: number;
  description: string;
}

/** Each alarm has a heading in infra/OPERATING.md, which its text names. */
export class Alarms extends Construct {
  readonly topicArn: string;
  private readonly topic: Topic;
  private readonly prefix: string;

  constructor(scope: Construct, id: string, parts: Monitored) {
    super(scope, id);
    const { stage, api, tables, functions, failures } = parts;
    this.prefix = stackName(stage);
    this.topic = new AlarmTopic(this, 'Topic', stage.alarmEmail).topic;
    this.topicArn = this.topic.topicArn;
    for (const [name, lambda] of Object.entries(functions)) {
      const part = capitalised(name);
      // No request can cause one: the function answers every error that it foresees.
      this.add(`${part}Errors`, {
        metric: lambda.metricErrors(sum),
        threshold: 1,
        description: 'The function failed, ran out of time or out of memory.',
      });
      this.add(`${part}Throttles`, {
        metric: lambda.metricThrottles(sum),
        threshold: 1,
        description: 'The function was called more often at once than the account allows.',
      });
    }
    this.add('ChangesLate', {
      metric: functions.announce.metric('IteratorAge', { period, statistic: 'Maximum' }),
      threshold: Duration.minutes(10).toMilliseconds(),
      periods: 2,
      description: 'Changes of articles wait for more than ten minutes to be announced.',
    });
    this.add('ChangesFailed', {
      metric: failures.metricApproximateNumberOfMessagesVisible({ period, statistic: 'Maximum' }),
      threshold: 1,
      description: 'Changes of articles could not be announced and wait in the failure queue.',
    });
    this.add('Api5xx', {
      metric: api.api.metricServerError(sum),
      threshold: 5,
      description: 'Readers or editors were told of an error of ours.',
    });
    this.add('ReadersRefused', {
      metric: this.refusals(api.accessLogs).metric(sum),
      threshold: 10,
      description:
        'Readers or editors were answered 429: more requests than the stage or the account lets through.',
    });
    this.add('ContentThrottled', {
      metric: throttles(tables.content),
      threshold: 10,
      description: "The articles' table refuses requests: its caps, or one hot article.",
    });
    this.add('ViewsThrottled', {
      metric: throttles(tables.views),
      threshold: 10,
      description: "The views' table refuses requests: its caps, or one hot article.",
    });
    this.add('ViewsMissed', {
      metric: newsMetric(stage, 'viewsMissed'),
      threshold: 1,
      description: 'Pages were shown whose view could not be counted.',
    });
    this.add('FeedsRefused', {
      metric: newsMetric(stage, 'feedsRefused'),
      threshold: 1,
      description: 'A feed would have been faulty: readers got the last good one.',
    });
    this.add('PingsFailed', {
      metric: newsMetric(stage, 'pingsFailed'),
      threshold: 1,
      description: 'A hub could not be told of a change for a day.',
    });
    this.add('SourcesFailed', {
      metric: newsMetric(stage, 'sourcesFailed'),
      threshold: 1,
      description: 'The feed of a source could not be pulled for a day, or is gone.',
    });
  }

  /** API Gateway counts its refusals only among all that is 4xx. */
  private refusals(logGroup: LogGroup): MetricFilter {
    return new MetricFilter(this, 'Refusals', {
      logGroup,
      filterPattern: FilterPattern.stringValue('$.status', '=', '429'),
      metricNamespace,
      metricName: `${this.prefix}-ReadersRefused`,
    });
  }

  private add(id: string, { periods = 1, description, ...condition }: Condition): void {
    const heading = /(?:Errors|Throttles)$/.exec(id)?.[0] ?? id;
    const alarm = new Alarm(this, id, {
      ...condition,
      alarmDescription: `${description} What to do: infra/OPERATING.md#${heading.toLowerCase()}`,
      alarmName: `${this.prefix}-${id}`,
      comparisonOperator: ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
      evaluationPeriods: periods,
      // No data means that nobody came: nothing failed.
      treatMissingData: TreatMissingData.NOT_BREACHING,
    });
    alarm.addAlarmAction(new SnsAction(this.topic));
  }
}

/** Alarms are published here; `email`, if given, subscribes. */
class AlarmTopic extends Construct {
  readonly topic: Topic;

  constructor(scope: Construct, id: string, email: string | undefined) {
    super(scope, id);
    this.topic = new Topic(this, 'Topic', { enforceSSL: true });
    // Our policy replaces the default one, which lets the whole account publish: without this no alarm is ever heard.
    const grant = this.topic.grantPublish(new ServicePrincipal('cloudwatch.amazonaws.com'));
    grant.resourceStatement?.addCondition('StringEquals', { 'aws:SourceAccount': Stack.of(this).account });
    if (email !== undefined) this.topic.addSubscription(new EmailSubscription(email));
  }
}

function throttles(table: ITableV2): MathExpression {
  return new MathExpression({
    // A table without throttles reports none, not zero: without FILL the sum would be missing too.
    expression: 'FILL(reads, 0) + FILL(writes, 0)',
    period,
    label: 'Throttled',
    usingMetrics: {
      reads: table.metric('ReadThrottleEvents', sum),
      writes: table.metric('WriteThrottleEvents', sum),
    },
  });
}

function capitalised(name: string): string {
  return name.charAt(0).toUpperCase() + name.slice(1);
}
