import { useEffect, useState } from 'preact/hooks';
import type { Api } from './api.ts';
import type { ArticleBody } from './article-body.ts';
import type { DeskMessages } from './messages.ts';
import { localTime } from './times.ts';

interface Version {
  n: number;
  title: string;
  when: string | null;
  who: string | null;
}

interface VersionsProps {
  slug: string;
  etag: string;
  api: Api;
  texts: DeskMessages;
  timeZone: string;
  restore(n: number): void;
  onError(error: unknown): void;
}

/** The former texts, with who wrote each, to be looked at and put back. */
export function Versions({ slug, etag, api, texts, timeZone, restore, onError }: VersionsProps) {
  const [items, setItems] = useState<Version[]>();
  const [shown, setShown] = useState<{ n: number; text: string }>();

  useEffect(() => {
    api.call('GET', `/articles/${slug}/versions`).then(
      ({ body }) => setItems(body.items ?? []),
      (error) => onError(error),
    );
  }, [slug, etag, api]);

  async function look(n: number): Promise<void> {
    const { body } = await api.call('GET', `/articles/${slug}/versions/${n}`);
    const { html, markdown, text } = body.article as ArticleBody;
    setShown({ n, text: markdown ?? text ?? html ?? '' });
  }

  return (
    <section class="versions">
      <h2>{texts.versions}</h2>
      {items?.length === 0 && <p>{texts.noVersions}</p>}
      <ol>
        {items?.map(({ n, title, when, who }) => (
          <li>
            <p>
              {when && <time dateTime={when}>{localTime(when, timeZone).replace('T', ' ')}</time>}{' '}
              <span>{who}</span>
            </p>
            <p>{title}</p>
            <button type="button" aria-expanded={shown?.n === n} onClick={() => look(n).catch(onError)}>
              {texts.look}
            </button>{' '}
            {!api.isContributor && (
              <button type="button" onClick={() => restore(n)}>
                {texts.restore}
              </button>
            )}
            {shown?.n === n && <pre>{shown.text}</pre>}
          </li>
        ))}
      </ol>
    </section>
  );
}
