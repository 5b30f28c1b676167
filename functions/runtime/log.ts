import { Logger } from '@aws-lambda-powertools/logger';
import { Metrics } from '@aws-lambda-powertools/metrics';

/** One JSON line an entry; never with bodies or secrets. */
export const logger = new Logger({ serviceName: 'newswire' });

/** Never with a slug as dimension: every combination is billed as a metric of its own. */
export const metrics = new Metrics({ namespace: 'Newswire', serviceName: 'newswire' });
