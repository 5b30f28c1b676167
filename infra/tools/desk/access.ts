import { account } from '../../local/account.ts';
import { CommandError } from '../command.ts';

export interface Credentials {
  accessKeyId: string;
  secretAccessKey: string;
  sessionToken?: string;
}

/** A write API, and who signs for it. */
export interface Access {
  /** Without a slash at the end. */
  publishUrl: string;
  region: string;
  credentials: Credentials | (() => Promise<Credentials>);
}

/** Throws CommandError when `to`, or what stands in for it, cannot be signed for. */
export function requireAccess(to: string | undefined, environment: NodeJS.ProcessEnv): Access {
  const { PUBLISH_URL, BASE_URL, AWS_REGION, AWS_DEFAULT_REGION } = environment;
  const written = to ?? (PUBLISH_URL || BASE_URL || 'http://localhost:3000');
  if (!isHttpUrl(written)) throw new CommandError(`${written} is no http or https address`);
  const publishUrl = publishUrlOf(written);
  if (isLoopback(publishUrl)) return { publishUrl, region: account.region, credentials: account.credentials };
  const region = regionOf(publishUrl) ?? (AWS_REGION || AWS_DEFAULT_REGION);
  if (!region)
    throw new CommandError(`The address ${publishUrl} names no AWS region: set AWS_REGION to the stage's`);
  return { publishUrl, region, credentials: awsCredentials() };
}

export function isHttpUrl(written: string): boolean {
  return /^https?:/.test(written) && URL.canParse(written);
}

/** The stack puts it out with `/articles` behind it. */
export function publishUrlOf(written: string): string {
  return withoutEnd(withoutEnd(written).replace(/\/articles$/, ''));
}

export function withoutEnd(url: string): string {
  return url.replace(/\/+$/, '');
}

export function isLoopback(url: string): boolean {
  return /^(localhost|.+\.localhost|127(\.\d+){3}|\[::1\])$/.test(new URL(url).hostname);
}

function regionOf(url: string): string | undefined {
  return /\.execute-api\.([a-z0-9-]+)\./.exec(new URL(url).hostname)?.[1];
}

/** As every AWS tool finds them: environment, profile, SSO, … */
function awsCredentials(): () => Promise<Credentials> {
  let chain: Promise<() => Promise<Credentials>> | undefined;
  return async () => {
    chain ??= loadChain();
    try {
      return await (await chain)();
    } catch (cause) {
      throw new CommandError(
        `No AWS credentials: ${(cause as Error).message}. Sign in (aws sso login), or set AWS_PROFILE, ` +
          'or AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY',
        { cause },
      );
    }
  };
}

// Loaded only here: it takes longer than all else.
async function loadChain() {
  const { defaultProvider } = await import('@aws-sdk/credential-provider-node');
  return defaultProvider();
}
