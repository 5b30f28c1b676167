/** Environment variable names, given by the constructs and read by the Lambdas. */
export const setting = {
  contentTable: 'CONTENT_TABLE',
  viewsTable: 'VIEWS_TABLE',
  baseUrl: 'BASE_URL',
  rendererBuild: 'RENDERER_BUILD',
  oldFeedSeconds: 'OLD_FEED_SECONDS',
  allowMassRemoval: 'ALLOW_MASS_REMOVAL',
  /** Read by Powertools: names the stack in every log entry, and keeps the metrics of two stages apart. */
  service: 'POWERTOOLS_SERVICE_NAME',
} as const;

/** What the functions count for the dashboard and the alarms. Never by slug: every combination is billed as a metric of its own. */
export const metricNamespace = 'Newswire';
export const metricNames = {
  views: 'Views',
  viewsMissed: 'ViewsMissed',
  feedPolls: 'FeedPolls',
  feedsNotModified: 'FeedsNotModified',
  feedsRefused: 'FeedsRefused',
  publishes: 'Publishes',
  pingsFailed: 'PingsFailed',
} as const;

export class MissingSettingError extends Error {
  override name = 'MissingSettingError';

  constructor(variable: string) {
    super(`The environment variable ${variable} is not set`);
  }
}

/** Read when called, never at import, so that a missing variable fails the request that needs it by name. */
export function requireSetting(variable: string): string {
  const value = process.env[variable];
  if (!value) throw new MissingSettingError(variable);
  return value;
}
