import { requireSetting } from './environment.ts';

/**
 * Stands in for `@aws-sdk/credential-provider-node` in the bundles: a Lambda has its credentials in its environment, and the code that
 * looks for them in eight other places is a sixth of a bundle.
 */
export function defaultProvider() {
  return async () => ({
    accessKeyId: requireSetting('AWS_ACCESS_KEY_ID'),
    secretAccessKey: requireSetting('AWS_SECRET_ACCESS_KEY'),
    sessionToken: process.env.AWS_SESSION_TOKEN,
  });
}
