import { Duration } from 'aws-cdk-lib';
import { Metric, type MetricOptions } from 'aws-cdk-lib/aws-cloudwatch';
import type { Queue } from 'aws-cdk-lib/aws-sqs';
import { metricNames, metricNamespace } from '../functions/runtime/environment.ts';
import type { Edge } from './edge.ts';
import type { NewsApi } from './http-api.ts';
import type { NewsFunction } from './news-function.ts';
import { type Stage, stackName } from './stages.ts';
import type { Tables } from './tables.ts';

/** The parts of the stack that alarms and dashboard look at. */
export interface Monitored {
  stage: Stage;
  api: NewsApi;
  edge: Edge | undefined;
  tables: Tables;
  functions: {
    readSite: NewsFunction;
    publishArticle: NewsFunction;
    importContent: NewsFunction;
    announce: NewsFunction;
    sweep: NewsFunction;
    pullSources: NewsFunction;
    repairRows: NewsFunction;
    desk: NewsFunction;
    media: NewsFunction;
  };
  /** Changes that could not be announced. */
  failures: Queue;
}

/** A number that the stage's functions count themselves; its sum over five minutes by default. */
export function newsMetric(
  stage: Stage,
  name: keyof typeof metricNames,
  options: MetricOptions = {},
): Metric {
  return new Metric({
    namespace: metricNamespace,
    metricName: metricNames[name],
    // The only dimension that Powertools writes.
    dimensionsMap: { service: stackName(stage) },
    statistic: 'Sum',
    period: Duration.minutes(5),
    ...options,
  });
}
