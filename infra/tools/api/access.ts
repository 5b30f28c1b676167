import { account } from '../../local/account.ts';
import { CommandError, type Terminal, UsageError } from '../command.ts';
import { awsCredentials, type Credentials } from './credentials.ts';

/** A write API, and how to sign for it. */
export interface Access {
  /** Without a slash at the end. */
  publishUrl: string;
  region: string;
  /** Which it is signed for; API Gateway, unless it says another. */
  service?: string;
  credentials: Credentials | (() => Promise<Credentials>);
}

/** Throws CommandError when `to`, or the address from the environment, cannot be signed for. */
export function requireAccess(to: string | undefined, environment: Terminal['env']): Access {
  const { PUBLISH_URL, BASE_URL, AWS_REGION, AWS_DEFAULT_REGION } = environment;
  const written = to ?? (PUBLISH_URL || BASE_URL || 'http://localhost:3000');
  // Copied from content/README.md with its placeholder.
  const advice = written.includes('…') ? ': put the output PublishUrl here' : '';
  if (!isHttpUrl(written)) throw new UsageError(`${written} is no http or https address${advice}`);
  // The stack's output PublishUrl ends in it.
  const publishUrl = withoutEnd(withoutEnd(written).replace(/\/articles$/, ''));
  if (isLoopback(publishUrl)) return { publishUrl, region: account.region, credentials: account.credentials };
  const region = regionOf(publishUrl) ?? (AWS_REGION || AWS_DEFAULT_REGION);
  if (!region)
    throw new CommandError(`The address ${publishUrl} names no AWS region: set AWS_REGION to the stage's`);
  return { publishUrl, region, credentials: awsCredentials() };
}

export function isHttpUrl(written: string): boolean {
  return /^https?:/.test(written) && URL.canParse(written);
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
