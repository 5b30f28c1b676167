import { createHash } from 'node:crypto';
import { afterEach, expect, test, vi } from 'vitest';
import { Cognito, SignInError, type Started } from '../../functions/desk/cognito.ts';

const pool = {
  kind: 'cognito' as const,
  domain: 'newswire.auth.eu-west-1.amazoncognito.com',
  clientId: 'client',
  userPoolId: 'eu-west-1_pool',
  identityPoolId: 'eu-west-1:identities',
};
const start = Date.parse('2026-03-01T12:00:00Z');
const hour = 3_600_000;

afterEach(() => {
  vi.useRealTimers();
});

const encode = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');

/** Cognito as its reference describes it: one code, tokens and credentials of an hour, a session of twelve. */
function playCognito(groups: string[] = ['editors']) {
  vi.useFakeTimers({ now: start, toFake: ['Date'] });
  const asked: string[] = [];
  let challenge: string | null = null;
  let isRevoked = false;
  let wrong: Response | undefined;
  const refuse = (body: object) => Response.json(body, { status: 400 });
  const tokens = (more: object = {}) => {
    const exp = (Date.now() + hour) / 1000;
    const idToken = `${encode({ alg: 'RS256' })}.${encode({ exp, name: '编辑', 'cognito:groups': groups })}.c2ln`;
    return Response.json({
      id_token: idToken,
      access_token: 'a',
      expires_in: 3600,
      token_type: 'Bearer',
      ...more,
    });
  };
  const answers: Record<string, (sent: string) => Response> = {
    authorization_code: (sent) => {
      const form = new URLSearchParams(sent);
      const hash = createHash('sha256')
        .update(form.get('code_verifier') ?? '')
        .digest('base64url');
      const isOurs = form.get('code') === 'code' && form.get('redirect_uri') === 'https://api.example/desk';
      return isOurs && hash === challenge
        ? tokens({ refresh_token: 'refresh' })
        : refuse({ error: 'invalid_grant' });
    },
    refresh_token: (sent) =>
      new URLSearchParams(sent).get('refresh_token') === 'refresh' &&
      !isRevoked &&
      Date.now() < start + 12 * hour
        ? tokens()
        : refuse({ error: 'invalid_grant' }),
    GetId: (sent) =>
      JSON.parse(sent).IdentityPoolId === pool.identityPoolId
        ? Response.json({ IdentityId: 'eu-west-1:me' })
        : refuse({ __type: 'ResourceNotFoundException', message: 'IdentityPool not found.' }),
    GetCredentialsForIdentity: (sent) => {
      const { IdentityId, Logins } = JSON.parse(sent);
      const token: string = Logins['cognito-idp.eu-west-1.amazonaws.com/eu-west-1_pool'];
      const { exp } = JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString());
      if (exp * 1000 <= Date.now())
        return refuse({ __type: 'NotAuthorizedException', message: 'Token expired' });
      const keys = { AccessKeyId: `ASIA${asked.length}`, SecretKey: 'secret', SessionToken: 'session' };
      return Response.json({ IdentityId, Credentials: { ...keys, Expiration: (Date.now() + hour) / 1000 } });
    },
    revoke: () => {
      isRevoked = true;
      return new Response(null, { status: 200 });
    },
  };
  const cognito = new Cognito(pool, 'eu-west-1', 'https://api.example/desk', async (input, init) => {
    const { host, pathname } = new URL(String(input));
    const sent = String(init?.body);
    const target = new Headers(init?.headers).get('x-amz-target') ?? '';
    const name =
      target.split('.')[1] ?? new URLSearchParams(sent).get('grant_type') ?? pathname.split('/').at(-1);
    expect(host).toBe(target ? 'cognito-identity.eu-west-1.amazonaws.com' : pool.domain);
    asked.push(name ?? '');
    const failure = wrong;
    wrong = undefined;
    return failure ?? answers[name ?? '']?.(sent) ?? new Response(null, { status: 404 });
  });
  const begin = async (): Promise<Started> => {
    const started = await cognito.start();
    challenge = new URL(started.url).searchParams.get('code_challenge');
    return started;
  };
  return {
    cognito,
    asked,
    failOnce: (answer: Response) => {
      wrong = answer;
    },
    begin,
    /** The person signs in and is sent back. */
    async signIn() {
      const started = await begin();
      return cognito.finish(new URLSearchParams({ code: 'code', state: started.state }), started);
    },
  };
}

test('a code becomes credentials, of which requests that are sent at once share one answer', async () => {
  const { signIn, asked } = playCognito();
  const account = await signIn();
  const [one, other] = await Promise.all([account.credentials(), account.credentials()]);

  expect(one).toEqual({ accessKeyId: 'ASIA3', secretAccessKey: 'secret', sessionToken: 'session' });
  expect(other).toBe(one);
  expect(await account.credentials()).toBe(one);
  expect(asked).toEqual(['authorization_code', 'GetId', 'GetCredentialsForIdentity']);
  expect(account.isContributor).toBe(false);
});

test('asks for a code with a challenge, and for the scopes that the client has', async () => {
  const { url, verifier } = await playCognito().cognito.start();
  const { origin, pathname, searchParams } = new URL(url);

  expect(origin + pathname).toBe(`https://${pool.domain}/oauth2/authorize`);
  expect(Object.fromEntries(searchParams)).toMatchObject({
    ...{ response_type: 'code', client_id: 'client', redirect_uri: 'https://api.example/desk' },
    ...{ scope: 'openid email', code_challenge_method: 'S256' },
  });
  // RFC 7636 §4.1
  expect(verifier).toMatch(/^[\w-]{43,128}$/);
  expect(url).not.toContain(verifier);
});

test('renews what has passed, until the session is over', async () => {
  const { signIn, asked } = playCognito();
  const account = await signIn();
  const { accessKeyId } = await account.credentials();

  vi.setSystemTime(start + hour - 30_000);
  expect((await account.credentials()).accessKeyId).not.toBe(accessKeyId);
  expect(asked.slice(3)).toEqual(['refresh_token', 'GetId', 'GetCredentialsForIdentity']);

  vi.setSystemTime(start + 12 * hour);
  await expect(account.credentials()).rejects.toThrow(SignInError);
});

test('takes no answer to another sign-in, none without a code, and none that Cognito refuses', async () => {
  const { cognito, begin, asked } = playCognito();
  const started = await begin();
  const finish = (query: Record<string, string>, given: Started = started) =>
    cognito.finish(new URLSearchParams(query), given);

  await expect(finish({ code: 'code', state: 'other' })).rejects.toThrow(SignInError);
  await expect(
    finish({ error: 'access_denied', error_description: 'No', state: started.state }),
  ).rejects.toThrow('No');
  expect(asked).toEqual([]);
  const another = { ...started, verifier: 'x'.repeat(43) };
  await expect(finish({ code: 'code', state: started.state }, another)).rejects.toThrow('invalid_grant');
});

test('a lost connection, or a failure that passes, does not end the session', async () => {
  const { signIn, failOnce } = playCognito();
  const account = await signIn();
  const passing = [
    new Response('', { status: 503 }),
    Response.json({ __type: 'TooManyRequestsException' }, { status: 400 }),
  ];
  for (const failure of passing) {
    failOnce(failure);
    await expect(account.credentials()).rejects.not.toThrow(SignInError);
  }

  expect(await account.credentials()).toMatchObject({ secretAccessKey: 'secret' });
});

test('whoever is no editor is a contributor, and signing out ends the session at Cognito', async () => {
  const { signIn, asked } = playCognito(['contributors']);
  const account = await signIn();
  expect(account.isContributor).toBe(true);

  const logout = new URL(await account.signOut());
  expect(asked).toContain('revoke');
  expect(logout.pathname).toBe('/logout');
  expect(logout.searchParams.get('logout_uri')).toBe('https://api.example/desk');
  await account.credentials();
  vi.setSystemTime(start + hour);
  await expect(account.credentials()).rejects.toThrow(SignInError);
});
