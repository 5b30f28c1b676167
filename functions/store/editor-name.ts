import { awsSigner } from './aws-signer.ts';

/** What API Gateway says of a request that was signed with the credentials of an identity pool. */
interface Identity {
  /** Ends in `cognito-idp.<region>.amazonaws.com/<pool>:CognitoSignIn:<sub>`. */
  amr?: string[] | null;
}

const patience = 2_000;
const known = new Map<string, string>();

/**
 * The mail address of the account that has sent a request by the desk; its id where the pool cannot be asked. Undefined for other
 * requests. All accounts of a group share one role, so that the role's ARN says nothing.
 * @param report gets why the pool could not be asked, which stops no writing
 */
export async function editorName(
  identity: Identity | null | undefined,
  report: (error: Error) => void,
): Promise<string | undefined> {
  const signedIn = identity?.amr?.find((one) => one.includes(':CognitoSignIn:'));
  const [, region = '', pool = '', sub = ''] =
    /^cognito-idp\.([\w-]+)\.[\w.]+\/([\w-]+):CognitoSignIn:([\w-]+)$/.exec(signedIn ?? '') ?? [];
  if (!sub) return undefined;
  const name = known.get(sub) ?? (await ask(region, { UserPoolId: pool, Username: sub }, report));
  if (name) known.set(sub, name);
  return name ?? sub;
}

/** Undefined after a failure. */
async function ask(
  region: string,
  user: object,
  report: (error: Error) => void,
): Promise<string | undefined> {
  const endpoint = process.env.AWS_ENDPOINT_URL_COGNITO_IDENTITY_PROVIDER;
  const url = new URL(endpoint ?? `https://cognito-idp.${region}.amazonaws.com/`);
  const body = JSON.stringify(user);
  try {
    const { headers } = await awsSigner('cognito-idp').sign({
      method: 'POST',
      protocol: url.protocol,
      hostname: url.hostname,
      path: '/',
      headers: {
        host: url.host,
        'content-type': 'application/x-amz-json-1.1',
        'x-amz-target': 'AWSCognitoIdentityProviderService.AdminGetUser',
      },
      body,
    });
    const answer = await fetch(url, { method: 'POST', headers, body, signal: AbortSignal.timeout(patience) });
    if (!answer.ok) throw new Error(`Cognito answered ${answer.status}: ${await answer.text()}`);
    const { UserAttributes } = (await answer.json()) as {
      UserAttributes?: { Name: string; Value: string }[];
    };
    return UserAttributes?.find(({ Name }) => Name === 'email')?.Value;
  } catch (error) {
    report(error as Error);
    return undefined;
  }
}
