import { useState } from 'preact/hooks';
import { type Credentials, Expired, Offline, openApi, type Session } from './api.ts';
import { type Account, Cognito } from './cognito.ts';
import { TextField } from './fields.tsx';
import type { DeskMessages } from './messages.ts';
import type { DeskSettings } from './settings.ts';

interface SignInProps {
  settings: DeskSettings;
  texts: DeskMessages;
  /** Why somebody has to sign in, where it is not the first time. */
  reason?: string | undefined;
  onSignedIn(session: Session): void;
}

/** Only while somebody is away to sign in: no token is ever kept outside of memory. */
const kept = 'newswire-sign-in';

/** The stage's pool, which sends back to this page; undefined where people sign in by keys. */
export function poolOf({ signIn, region }: DeskSettings): Cognito | undefined {
  return signIn.kind === 'cognito'
    ? new Cognito(signIn, region, location.origin + location.pathname)
    : undefined;
}

async function leaveToSignIn(pool: Cognito): Promise<void> {
  const { url, state, verifier } = await pool.start();
  sessionStorage.setItem(kept, JSON.stringify({ state, verifier, place: location.hash }));
  location.assign(url);
}

/** The account of whoever comes back from there; undefined for others. Rejects with SignInError where the pool refuses. */
export async function returnSignedIn(pool: Cognito): Promise<Account | undefined> {
  const query = new URLSearchParams(location.search);
  const started = sessionStorage.getItem(kept);
  if (!query.has('state') || !started) return undefined;
  sessionStorage.removeItem(kept);
  const { place, ...asked } = JSON.parse(started);
  history.replaceState(null, '', location.pathname + place);
  return pool.finish(query, asked);
}

const isLocal = /^(?:localhost|127\.0\.0\.1)$/.test(location.hostname);

/** By an account of the pool, or where there is none by AWS keys, which stay in memory. */
export function SignIn({ settings, texts, reason, onSignedIn }: SignInProps) {
  const { region } = settings;
  const pool = poolOf(settings);
  const [keys, setKeys] = useState({ accessKeyId: '', secretAccessKey: '', sessionToken: '' });
  const [fault, setFault] = useState('');
  const [isTrying, setTrying] = useState(false);

  async function tryKeys(): Promise<void> {
    const { sessionToken, accessKeyId, secretAccessKey } = keys;
    const credentials: Credentials = {
      accessKeyId: accessKeyId.trim(),
      secretAccessKey: secretAccessKey.trim(),
      ...(sessionToken.trim() && { sessionToken: sessionToken.trim() }),
    };
    const session: Session = { isContributor: false, credentials: async () => credentials };
    setTrying(true);
    try {
      await openApi(session, region).call('GET', '/articles');
      onSignedIn(session);
    } catch (error) {
      setFault(
        error instanceof Expired
          ? texts.wrongKeys
          : error instanceof Offline
            ? texts.noConnection
            : texts.failed,
      );
    } finally {
      setTrying(false);
    }
  }

  const onSubmit = (event: Event) => {
    event.preventDefault();
    if (pool) void leaveToSignIn(pool);
    else void tryKeys();
  };
  const field = (name: keyof typeof keys, label: string, type: 'text' | 'password') => (
    <TextField
      label={label}
      type={type}
      value={keys[name]}
      onInput={(value) => setKeys((before) => ({ ...before, [name]: value }))}
    />
  );
  return (
    <main class="sign-in">
      <h1>{settings.title}</h1>
      <form onSubmit={onSubmit}>
        {reason && <p>{reason}</p>}
        {!pool && (
          <>
            {field('accessKeyId', texts.keyId, 'text')}
            {field('secretAccessKey', texts.secretKey, 'password')}
            {isLocal ? (
              <p class="hint">{texts.localKeys}</p>
            ) : (
              field('sessionToken', texts.sessionToken, 'password')
            )}
          </>
        )}
        {fault && (
          <p class="fault" role="alert">
            {fault}
          </p>
        )}
        <button class="primary" type="submit" disabled={isTrying}>
          {texts.signIn}
        </button>
      </form>
    </main>
  );
}
