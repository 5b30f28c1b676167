import { render } from 'preact';
import { useEffect, useMemo, useState } from 'preact/hooks';
import { Expired, openApi, type Session } from './api.ts';
import { ArticleScreen } from './article-screen.tsx';
import type { Account } from './cognito.ts';
import { ListScreen } from './list-screen.tsx';
import { messagesFor } from './messages.ts';
import { poolOf, returnSignedIn, SignIn } from './session.tsx';
import type { DeskSettings } from './settings.ts';
import './desk.css';
import './desk-screens.css';

const settings: DeskSettings = JSON.parse(document.body.dataset.settings ?? '{}');
const texts = messagesFor(settings.language);
const pool = poolOf(settings);
document.documentElement.lang = texts.locale;

/** `#/` is the list, `#/new` a new article, `#/article/<slug>` one that is there. */
function placeIn(hash: string): { slug: string | undefined } | undefined {
  const [, slug] = /^#\/article\/([a-z0-9-]+)$/.exec(hash) ?? [];
  return hash === '#/new' || slug ? { slug } : undefined;
}

function Desk({ first, refusal }: { first: Session | undefined; refusal: string | undefined }) {
  const [session, setSession] = useState(first);
  const [hasEnded, setEnded] = useState(false);
  const [{ hash, count }, setPlace] = useState({ hash: location.hash, count: 0 });
  useEffect(() => {
    const onHash = () => setPlace((before) => ({ hash: location.hash, count: before.count + 1 }));
    addEventListener('hashchange', onHash);
    return () => removeEventListener('hashchange', onHash);
  }, []);
  useEffect(() => {
    document.title = `${texts.desk} · ${settings.title}`;
  }, []);

  const api = useMemo(() => session && openApi(session, settings.region), [session]);
  const ask = (reason?: string) => (
    <SignIn
      {...{ settings, texts, reason }}
      onSignedIn={(next) => {
        setSession(next);
        setEnded(false);
      }}
    />
  );
  if (!api) return ask(refusal && `${texts.refused} (${refusal})`);
  const place = placeIn(hash);
  const leave = async () => {
    const account = session as Partial<Account>;
    if (account.signOut) location.assign(await account.signOut());
    else setSession(undefined);
  };
  const onError = (error: unknown) => {
    if (error instanceof Expired) setEnded(true);
  };
  const common = { api, settings, texts, onError };
  return (
    <>
      {hasEnded && <div class="over">{ask(texts.signedOut)}</div>}
      <header class="desk">
        <a href="#/">{settings.title}</a>
        <a class="button primary" href="#/new">
          {texts.newArticle}
        </a>
        <button type="button" onClick={() => void leave()}>
          {texts.signOut}
        </button>
      </header>
      {place ? <ArticleScreen key={count} slug={place.slug} {...common} /> : <ListScreen {...common} />}
    </>
  );
}

let refusal: string | undefined;
const first = await (pool && returnSignedIn(pool))?.catch((error: Error) => {
  refusal = error.message;
  return undefined;
});
document.querySelector('noscript')?.remove();
render(<Desk {...{ first, refusal }} />, document.body);
