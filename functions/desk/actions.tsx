import { useState } from 'preact/hooks';
import type { ScreenProps } from './list-screen.tsx';
import { dateToPublish } from './times.ts';
import type { ArticleState } from './use-article.ts';

/** What can be done with the article as it is now. */
export function Actions({
  state,
  chosenSlug,
  api,
  texts,
}: ScreenProps & { state: ArticleState; chosenSlug: string }) {
  const { opened, article, save, act } = state;
  const [reason, setReason] = useState<string>();
  const isDraft = !opened || opened.status === 'draft';
  const isAhead = Date.parse(article.publishedAt ?? '') > Date.now();
  const stage = !opened ? 'new' : isDraft ? 'draft' : 'public';
  if (opened?.status === 'gone' && api.isContributor) return null;
  if (opened?.status === 'gone')
    return (
      <button type="button" class="primary" onClick={() => void act('POST', '/restore', {}, texts.restored)}>
        {texts.takeBack}
      </button>
    );
  if (reason !== undefined)
    return (
      <form
        class="withdraw"
        onSubmit={(event) => {
          event.preventDefault();
          setReason(undefined);
          void act('DELETE', '', reason.trim() ? { reason: reason.trim() } : {}, texts.withdrawn);
        }}
      >
        <label>
          {texts.withdrawWhy}
          <input value={reason} onInput={({ currentTarget }) => setReason(currentTarget.value)} />
        </label>
        <button type="submit" class="primary">
          {texts.withdraw.replace('…', '')}
        </button>
        <button type="button" onClick={() => setReason(undefined)}>
          {texts.cancel}
        </button>
      </form>
    );
  return (
    <div class="actions">
      {isDraft && (
        <button
          type="button"
          class={api.isContributor ? 'primary' : ''}
          onClick={() => void save({ draft: true }, chosenSlug)}
        >
          {texts.saveDraft}
        </button>
      )}
      {!api.isContributor && (
        <button
          type="button"
          class="primary"
          onClick={() => {
            const publishedAt = dateToPublish(article.publishedAt, stage);
            void save({ draft: false, ...(publishedAt && { publishedAt }) }, chosenSlug);
          }}
        >
          {isAhead ? texts.schedule : isDraft ? texts.publish : texts.update}
        </button>
      )}
      {!isDraft && !api.isContributor && (
        <>
          <a class="button" href={opened?.url} target="_blank" rel="noreferrer">
            {texts.see}
          </a>
          <button type="button" onClick={() => void save({ draft: true }, chosenSlug)}>
            {texts.toDraft}
          </button>
          <button type="button" onClick={() => setReason('')}>
            {texts.withdraw}
          </button>
        </>
      )}
    </div>
  );
}
