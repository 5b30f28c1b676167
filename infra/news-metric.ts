import { Duration } from 'aws-cdk-lib';
import { Metric, type MetricOptions } from 'aws-cdk-lib/aws-cloudwatch';
import { metricNames, metricNamespace } from '../functions/runtime/environment.ts';
import { type Stage, stackName } from './stages.ts';

/** What the stage's functions count themselves, summed. */
export function newsMetric(
  stage: Stage,
  name: keyof typeof metricNames,
  options: MetricOptions = {},
): Metric {
  return new Metric({
    namespace: metricNamespace,
    metricName: metricNames[name],
    // Powertools' one dimension.
    dimensionsMap: { service: stackName(stage) },
    statistic: 'Sum',
    period: Duration.minutes(5),
    ...options,
  });
}
