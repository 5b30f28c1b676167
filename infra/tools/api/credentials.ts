import { CommandError } from '../command.ts';

export interface Credentials {
  accessKeyId: string;
  secretAccessKey: string;
  sessionToken?: string;
}

type Settings = import('@aws-sdk/credential-provider-node').DefaultProviderInit;

/** Finds them as every AWS tool does: environment, profile, SSO, … Throws CommandError when there are none. */
export function awsCredentials(settings: Settings = {}): () => Promise<Credentials> {
  let chain: ReturnType<typeof loadChain> | undefined;
  return async () => {
    chain ??= loadChain(settings);
    try {
      return await (await chain)();
    } catch (cause) {
      const profile = settings.profile ?? process.env.AWS_PROFILE;
      const where = profile ? ` in profile ${profile}` : '';
      const reason = (cause as Error).message.replace(/\.$/, '');
      throw new CommandError(
        `No AWS credentials${where}: ${reason}. Sign in (aws sso login), or set AWS_PROFILE, ` +
          'or AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY',
        { cause },
      );
    }
  };
}

/** Throws CommandError where the CDK CLI would find no credentials. Asks AWS nothing: whether they are valid shows later. */
export async function requireCredentials(profile: string | undefined): Promise<void> {
  const { AWS_PROFILE, AWS_DEFAULT_PROFILE } = process.env;
  const named = profile ?? (AWS_PROFILE || AWS_DEFAULT_PROFILE);
  let asksAws = false;
  // Only a session or a role asks AWS for its credentials: then something was found.
  const requestHandler = {
    async handle(): Promise<never> {
      asksAws = true;
      throw new Error('AWS was not asked');
    },
  };
  const settings = { clientConfig: { requestHandler }, mfaCodeProvider: async () => '000000' };
  try {
    await awsCredentials({ ...settings, ...(named && { profile: named }) })();
  } catch (error) {
    if (!asksAws) throw error;
  }
}

// Loaded when needed: it takes longer than everything else.
async function loadChain(settings: Settings) {
  const { defaultProvider } = await import('@aws-sdk/credential-provider-node');
  return defaultProvider(settings);
}
