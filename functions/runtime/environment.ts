/** Environment variables: the constructs set them, the Lambdas read them. */
export const setting = {
  contentTable: 'CONTENT_TABLE',
  viewsTable: 'VIEWS_TABLE',
  mediaBucket: 'MEDIA_BUCKET',
  mediaHost: 'MEDIA_HOST',
  /** Where a deployment puts its files. */
  assetsBucket: 'ASSETS_BUCKET',
  assetsHost: 'ASSETS_HOST',
  baseUrl: 'BASE_URL',
  rendererBuild: 'RENDERER_BUILD',
  oldFeedSeconds: 'OLD_FEED_SECONDS',
  allowMassRemoval: 'ALLOW_MASS_REMOVAL',
  allowNewAuthority: 'ALLOW_NEW_AUTHORITY',
  takeFiles: 'TAKE_FILES',
  /** How editors sign in, as JSON. */
  deskSignIn: 'DESK_SIGN_IN',
  /** How long a run of the import may take; only tests set it. */
  importSeconds: 'IMPORT_SECONDS',
  /** Read by Powertools: the stack's name in every log entry and as a dimension of its metrics. */
  service: 'POWERTOOLS_SERVICE_NAME',
} as const;

/** What whoever deploys decides about one import. */
export const importChoices = [
  setting.allowMassRemoval,
  setting.allowNewAuthority,
  setting.takeFiles,
  setting.importSeconds,
];

/** Metrics for the dashboard and the alarms. Never one per slug: CloudWatch bills each combination as a metric. */
export const metricNamespace = 'Newswire';
export const metricNames = {
  views: 'Views',
  viewsMissed: 'ViewsMissed',
  feedPolls: 'FeedPolls',
  feedsNotModified: 'FeedsNotModified',
  feedsRefused: 'FeedsRefused',
  publishes: 'Publishes',
  pingsFailed: 'PingsFailed',
  sourcesFailed: 'SourcesFailed',
} as const;

export class MissingSettingError extends Error {
  override name = 'MissingSettingError';

  constructor(variable: string) {
    super(`The environment variable ${variable} is not set`);
  }
}

/** Throws MissingSettingError. Never call it at import: a missing variable should fail only the requests that need it. */
export function requireSetting(variable: string): string {
  const value = process.env[variable];
  if (!value) throw new MissingSettingError(variable);
  return value;
}
