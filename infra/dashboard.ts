import { Duration, Stack } from 'aws-cdk-lib';
import { Dashboard, GraphWidget, type IMetric, MathExpression } from 'aws-cdk-lib/aws-cloudwatch';
import { Construct } from 'constructs';
import { type Monitored, newsMetric } from './monitored.ts';
import { stackName } from './stages.ts';

const minute = { period: Duration.minutes(1), statistic: 'Sum' };
const sum = { period: Duration.minutes(5), statistic: 'Sum' };

/** Answers an owner's questions: who reads, what was published, is it quick, does it fail, what does it cost? */
export class NewsDashboard extends Construct {
  readonly url: string;

  constructor(scope: Construct, id: string, parts: Monitored) {
    super(scope, id);
    const { region } = Stack.of(this);
    // Dashboards of all regions share one list.
    const name = `${stackName(parts.stage)}-${region}`;
    new Dashboard(this, 'Dashboard', {
      dashboardName: name,
      defaultInterval: Duration.days(1),
      widgets: [readers(parts), answers(parts), failures(parts), cost(parts)],
    });
    this.url = `https://${region}.console.aws.amazon.com/cloudwatch/home?region=${region}#dashboards/dashboard/${name}`;
  }
}

function graph(title: string, left: IMetric[], right: IMetric[] = []): GraphWidget {
  return new GraphWidget({ title, width: 8, left, right, leftYAxis: { min: 0 }, rightYAxis: { min: 0 } });
}

function readers({ stage }: Monitored): GraphWidget[] {
  const polls = newsMetric(stage, 'feedPolls', { ...sum, label: 'polls' });
  const notModified = newsMetric(stage, 'feedsNotModified', { ...sum, label: 'of them 304' });
  const share = new MathExpression({
    expression: '100 * FILL(notModified, 0) / polls',
    usingMetrics: { notModified, polls },
    period: sum.period,
    label: '304, %',
  });
  return [
    graph('Views a minute', [newsMetric(stage, 'views', { ...minute, label: 'views' })]),
    graph('Feed polls that reach the API', [polls, notModified], [share]),
    graph('Publishes', [newsMetric(stage, 'publishes', { ...sum, label: 'articles' })]),
  ];
}

function answers({ api: { api }, edge, functions }: Monitored): GraphWidget[] {
  const latency = (statistic: string) =>
    api.metricLatency({ period: sum.period, statistic, label: statistic });
  return [
    graph('Latency of the API, ms', ['p50', 'p90', 'p99'].map(latency)),
    graph(
      'Duration of functions, p90, ms',
      Object.entries(functions).map(([label, lambda]) =>
        lambda.metricDuration({ period: sum.period, statistic: 'p90', label }),
      ),
    ),
    edge
      ? graph('Requests', [
          api.metricCount({ ...sum, label: 'API' }),
          edge.distribution.metricRequests({ ...sum, label: 'edge' }),
        ])
      : graph('Requests', [api.metricCount({ ...sum, label: 'API' })]),
  ];
}

function failures({ stage, api: { api }, functions, failures }: Monitored): GraphWidget[] {
  return [
    graph('Errors of the API', [
      api.metricServerError({ ...sum, label: '5xx' }),
      api.metricClientError({ ...sum, label: '4xx' }),
    ]),
    graph(
      'Errors of functions',
      Object.entries(functions).map(([label, lambda]) => lambda.metricErrors({ ...sum, label })),
    ),
    graph('Left undone', [
      newsMetric(stage, 'viewsMissed', { ...sum, label: 'views missed' }),
      newsMetric(stage, 'feedsRefused', { ...sum, label: 'feeds refused' }),
      newsMetric(stage, 'pingsFailed', { ...sum, label: 'pings given up' }),
      newsMetric(stage, 'sourcesFailed', { ...sum, label: 'sources failed' }),
      failures.metricApproximateNumberOfMessagesVisible({ period: sum.period, label: 'failed changes' }),
    ]),
  ];
}

function cost({ tables }: Monitored): GraphWidget[] {
  return Object.entries({ Content: tables.content, Views: tables.views }).map(([name, table]) =>
    graph(`Request units, ${name}`, [
      table.metricConsumedReadCapacityUnits({ ...sum, label: 'read' }),
      table.metricConsumedWriteCapacityUnits({ ...sum, label: 'write' }),
    ]),
  );
}
