import { useEffect, useState } from 'preact/hooks';
import { Actions } from './actions.tsx';
import { tidy } from './article-body.ts';
import { ArticleForm } from './article-form.tsx';
import { ConflictChoice } from './conflict.tsx';
import type { ScreenProps } from './list-screen.tsx';
import { Preview } from './preview.tsx';
import { previewLabels } from './preview-labels.ts';
import { localTime } from './times.ts';
import { useArticle } from './use-article.ts';
import { Versions } from './versions.tsx';

/** One article: written, seen as readers will, saved, published, taken back. */
export function ArticleScreen({ slug, ...screen }: ScreenProps & { slug: string | undefined }) {
  const { api, settings, texts, onError } = screen;
  const state = useArticle(slug, screen);
  const { opened, article, notice, offer, conflict } = state;
  const [view, setView] = useState<'write' | 'preview' | 'versions'>('write');
  const [chosenSlug, setSlug] = useState('');
  const [categories, setCategories] = useState<string[]>([]);
  useEffect(() => {
    // Readers' own page of all feeds knows them; without it nothing is proposed.
    fetch(`${settings.siteUrl}/opml.xml`)
      .then((answer) => answer.text())
      .then((opml) =>
        setCategories(
          [...opml.matchAll(/\/category\/([^/"]+)\/rss\.xml"/g)].map(([, name = '']) =>
            decodeURIComponent(name),
          ),
        ),
      )
      .catch(() => {});
  }, []);

  if (state.state !== 'ready')
    return (
      <main>
        <p role="status">
          {{ loading: texts.loading, gone: texts.gone, failed: texts.noConnection }[state.state]}
        </p>
        {state.state === 'failed' && (
          <button type="button" onClick={() => void state.open()}>
            {texts.tryAgain}
          </button>
        )}
      </main>
    );
  const views = opened ? (['write', 'preview', 'versions'] as const) : (['write', 'preview'] as const);
  return (
    <main class="article">
      <div class="bar">
        <div class="tabs">
          {views.map((name) => (
            <button type="button" aria-pressed={view === name} onClick={() => setView(name)}>
              {texts[name]}
            </button>
          ))}
        </div>
        <Actions {...screen} state={state} chosenSlug={chosenSlug} />
      </div>
      <div class="notice" role={notice?.isAlert ? 'alert' : 'status'}>
        {notice?.text}
        {notice?.removed && notice.removed.length > 0 && (
          <>
            <p>{texts.cleaned}</p>
            <ul>
              {notice.removed.map(({ element, reason }) => (
                <li>
                  {element}: {reason}
                </li>
              ))}
            </ul>
          </>
        )}
      </div>
      {offer && (
        <p class="offer">
          {texts.keptFrom.replace('{when}', localTime(offer.at, settings.timeZone).replace('T', ' '))}{' '}
          <button type="button" class="primary" onClick={() => state.take(offer)}>
            {texts.useKept}
          </button>{' '}
          <button type="button" onClick={() => state.take(undefined)}>
            {texts.dropKept}
          </button>
        </p>
      )}
      {conflict && (
        <ConflictChoice
          {...{ conflict, texts }}
          choose={(change) => {
            state.show({ ...article, ...change });
            state.edit(change);
            state.setConflict(undefined);
          }}
        />
      )}
      <div hidden={view !== 'write'}>
        <ArticleForm
          {...{ article, api, settings, texts }}
          edit={state.edit}
          faults={state.faults}
          generation={state.generation}
          slug={opened ? undefined : { value: chosenSlug, set: setSlug }}
          known={{ categories }}
          unsent={state.unsent}
          notify={(text) => state.setNotice({ text, isAlert: true })}
        />
      </div>
      {view === 'preview' && (
        <Preview
          article={() => tidy(article)}
          slug={opened?.slug}
          {...{ api, settings }}
          labels={previewLabels[texts.locale]}
        />
      )}
      {view === 'versions' && opened && (
        <Versions
          {...{ api, texts, onError }}
          slug={opened.slug}
          etag={opened.etag}
          timeZone={settings.timeZone}
          restore={(version) => void state.act('POST', '/restore', { version }, texts.restored)}
        />
      )}
    </main>
  );
}
