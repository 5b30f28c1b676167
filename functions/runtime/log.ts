import { Logger } from '@aws-lambda-powertools/logger';
import { Metrics } from '@aws-lambda-powertools/metrics';
import type { Context } from 'aws-lambda';
import { metricNames, metricNamespace } from './environment.ts';

/** Writes one JSON line per entry. Never log bodies or secrets. */
export const logger = new Logger();

const metrics = new Metrics({ namespace: metricNamespace });

/** Writes metrics to the log at once, where CloudWatch finds them: no call, and nothing is lost when the environment freezes. */
export function count(amounts: Partial<Record<keyof typeof metricNames, number>>): void {
  for (const [name, amount] of Object.entries(amounts))
    if (amount > 0) metrics.addMetric(metricNames[name as keyof typeof metricNames], 'Count', amount);
  if (metrics.hasStoredMetrics()) metrics.publishStoredMetrics();
}

/** Adds the invocation to every later log entry and, for a request, its id in the API's access log. */
export function logInvocation(
  context: Omit<Context, 'done' | 'fail' | 'succeed'> | undefined,
  event?: { requestContext: object },
): void {
  if (context) logger.addContext(context as Context);
  const { requestId } = (event?.requestContext ?? {}) as { requestId?: string };
  if (requestId) logger.setCorrelationId(requestId);
}
