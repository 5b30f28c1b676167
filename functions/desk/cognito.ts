import type { SignIn } from './settings.ts';

type Pool = Extract<SignIn, { kind: 'cognito' }>;

/** For some hours, of the role of whoever has signed in. */
export interface TemporaryCredentials {
  accessKeyId: string;
  secretAccessKey: string;
  sessionToken: string;
}

/** A person who is signed in. Nothing of it leaves the memory of the tab. */
export interface Account {
  /** May save drafts and nothing else. */
  isContributor: boolean;
  /** Good for a minute at least. Rejects with SignInError once the session is over, and with fetch's own error without a connection. */
  credentials(): Promise<TemporaryCredentials>;
  /** Ends the session at Cognito. Answers where its own sign-out page is. */
  signOut(): Promise<string>;
}

/** What has to be known when Cognito sends the person back. */
export interface Started {
  /** Of the sign-in page. */
  url: string;
  state: string;
  verifier: string;
}

/** Cognito refuses: the person has to sign in again. */
export class SignInError extends Error {
  override name = 'SignInError';
}

interface Tokens {
  idToken: string;
  refreshToken: string;
}

/** Milliseconds for which credentials must be good yet, so that a request signed with them arrives in time. */
const margin = 60_000;

/** The user pool's sign-in by code and PKCE (RFC 7636), and the identity pool's credentials. `deskUrl` is where Cognito sends people back to. */
export class Cognito {
  readonly #pool: Pool;
  readonly #region: string;
  readonly #deskUrl: string;
  readonly #ask: typeof fetch;

  constructor(
    pool: Pool,
    region: string,
    deskUrl: string,
    ask: typeof fetch = (...request) => fetch(...request),
  ) {
    this.#pool = pool;
    this.#region = region;
    this.#deskUrl = deskUrl;
    this.#ask = ask;
  }

  async start(): Promise<Started> {
    const [state, verifier] = [randomText(), randomText()];
    const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(verifier));
    const query = new URLSearchParams({
      response_type: 'code',
      client_id: this.#pool.clientId,
      redirect_uri: this.#deskUrl,
      scope: 'openid email',
      state,
      code_challenge: base64url(new Uint8Array(digest)),
      code_challenge_method: 'S256',
    });
    return { url: `https://${this.#pool.domain}/oauth2/authorize?${query}`, state, verifier };
  }

  /** `query` is what Cognito has sent the person back with. Throws SignInError where it is none of ours, or refused. */
  async finish(
    query: URLSearchParams,
    { state, verifier }: Pick<Started, 'state' | 'verifier'>,
  ): Promise<Account> {
    const code = query.get('code');
    if (code === null || query.get('state') !== state)
      throw new SignInError(query.get('error_description') ?? 'The answer belongs to another sign-in');
    const tokens = await this.#askTokens({
      grant_type: 'authorization_code',
      code,
      redirect_uri: this.#deskUrl,
      code_verifier: verifier,
    });
    return this.#accountOf(tokens);
  }

  #accountOf(first: Tokens): Account {
    let tokens = first;
    let kept: { credentials: TemporaryCredentials; until: number } | undefined;
    let asking: Promise<TemporaryCredentials> | undefined;
    const renew = async () => {
      if (!(expiryOf(tokens.idToken) - Date.now() > margin)) {
        const { refreshToken } = tokens;
        const next = await this.#askTokens({ grant_type: 'refresh_token', refresh_token: refreshToken });
        // Cognito sends another one only where it is told to change them.
        tokens = { idToken: next.idToken, refreshToken: next.refreshToken || refreshToken };
      }
      kept = await this.#askCredentials(tokens.idToken);
      return kept.credentials;
    };
    return {
      isContributor: !groupsOf(first.idToken).includes('editors'),
      credentials: () => {
        if (kept && kept.until - Date.now() > margin) return Promise.resolve(kept.credentials);
        // Requests that are sent at once wait for one and the same answer.
        asking ??= renew().finally(() => {
          asking = undefined;
        });
        return asking;
      },
      signOut: async () => {
        const { domain, clientId } = this.#pool;
        const body = new URLSearchParams({ token: tokens.refreshToken, client_id: clientId });
        // Without a connection the tab forgets them all the same.
        await this.#ask(`https://${domain}/oauth2/revoke`, { method: 'POST', body }).catch(() => {});
        return `https://${domain}/logout?${new URLSearchParams({ client_id: clientId, logout_uri: this.#deskUrl })}`;
      },
    };
  }

  async #askTokens(form: Record<string, string>): Promise<Tokens> {
    const { domain, clientId } = this.#pool;
    const body = new URLSearchParams({ client_id: clientId, ...form });
    const answer = await this.#ask(`https://${domain}/oauth2/token`, { method: 'POST', body });
    const { id_token: idToken, refresh_token: refreshToken = '' } = await readJson(answer);
    return { idToken, refreshToken } as Tokens;
  }

  async #askCredentials(idToken: string) {
    const { identityPoolId, userPoolId } = this.#pool;
    const Logins = { [`cognito-idp.${this.#region}.amazonaws.com/${userPoolId}`]: idToken };
    const { IdentityId } = await this.#askIdentity('GetId', { IdentityPoolId: identityPoolId, Logins });
    const { Credentials } = await this.#askIdentity('GetCredentialsForIdentity', { IdentityId, Logins });
    const { AccessKeyId, SecretKey, SessionToken, Expiration } = Credentials;
    return {
      credentials: { accessKeyId: AccessKeyId, secretAccessKey: SecretKey, sessionToken: SessionToken },
      until: Expiration * 1000,
    };
  }

  async #askIdentity(operation: string, body: object) {
    const answer = await this.#ask(`https://cognito-identity.${this.#region}.amazonaws.com/`, {
      method: 'POST',
      headers: {
        'content-type': 'application/x-amz-json-1.1',
        'x-amz-target': `AWSCognitoIdentityService.${operation}`,
      },
      body: JSON.stringify(body),
    });
    return readJson(answer);
  }
}

/** Throws SignInError where the request is refused; any other failure is no answer. */
// biome-ignore lint/suspicious/noExplicitAny: Cognito's answers are as its reference says
async function readJson(answer: Response): Promise<any> {
  if (answer.ok) return answer.json();
  const said: unknown = await answer.json().catch(() => undefined);
  const { error, message, __type } = Object(said) as Record<string, unknown>;
  // 429 and a TooManyRequestsException, which is a 400, pass by themselves.
  if (answer.status >= 500 || answer.status === 429 || String(__type).includes('TooManyRequests'))
    throw new TypeError(`Cognito answers ${answer.status}`);
  throw new SignInError(String(message ?? error ?? answer.status));
}

/** The claims of a token that came from Cognito itself, by TLS: OpenID Connect Core 1.0 §3.1.3.7 asks for no more of its signature. */
function claimsOf(token: string): { exp?: number; 'cognito:groups'?: string[] } {
  const part = token.split('.')[1] ?? '';
  const bytes = Uint8Array.from(atob(part.replaceAll('-', '+').replaceAll('_', '/')), (sign) =>
    sign.charCodeAt(0),
  );
  return JSON.parse(new TextDecoder().decode(bytes));
}

function groupsOf(token: string): string[] {
  return claimsOf(token)['cognito:groups'] ?? [];
}

function expiryOf(token: string): number {
  return (claimsOf(token).exp ?? 0) * 1000;
}

function randomText(): string {
  return base64url(crypto.getRandomValues(new Uint8Array(32)));
}

function base64url(bytes: Uint8Array): string {
  return btoa(String.fromCharCode(...bytes))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replaceAll('=', '');
}
