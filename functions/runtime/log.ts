import { Logger } from '@aws-lambda-powertools/logger';
import { Metrics } from '@aws-lambda-powertools/metrics';
import type { Context } from 'aws-lambda';
import { metricNames, metricNamespace } from './environment.ts';

/** One JSON line an entry; never with bodies or secrets. */
export const logger = new Logger();

const metrics = new Metrics({ namespace: metricNamespace });

/** Told at once in the function's log, from where CloudWatch counts it: no call, nothing left behind when the environment freezes. */
export function count(amounts: Partial<Record<keyof typeof metricNames, number>>): void {
  for (const [name, amount] of Object.entries(amounts))
    if (amount > 0) metrics.addMetric(metricNames[name as keyof typeof metricNames], 'Count', amount);
  if (metrics.hasStoredMetrics()) metrics.publishStoredMetrics();
}

/** From here on every entry names this invocation and, if it answers a request, the id that the API's access log knows it by. */
export function logInvocation(
  context: Omit<Context, 'done' | 'fail' | 'succeed'> | undefined,
  event?: { requestContext: object },
): void {
  if (context) logger.addContext(context as Context);
  const { requestId } = (event?.requestContext ?? {}) as { requestId?: string };
  if (requestId) logger.setCorrelationId(requestId);
}
