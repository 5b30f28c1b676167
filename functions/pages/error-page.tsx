import { archivePath, streamPath } from '../article/addresses.ts';
import type { SiteContext } from '../article/site-context.ts';
import { newsStream } from '../article/stream-name.ts';
import { renderPage } from './layout.tsx';
import { type Messages, messagesOf } from './messages.ts';

/** Says what went wrong, and where to go instead. */
export function renderErrorPage(
  kind: keyof Messages['problems'],
  context: SiteContext,
  reason?: string,
): string {
  const { texts, textLang } = messagesOf(context.site);
  const { title, detail } = texts.problems[kind];
  return renderPage(
    { title },
    <div class="text" {...textLang}>
      <h1>{title}</h1>
      <p>{detail}</p>
      {reason !== undefined && (
        <p>
          <bdi>{reason}</bdi>
        </p>
      )}
      <ul>
        <li>
          <a href="/">{texts.wayOn}</a>
        </li>
        <li>
          <a href={streamPath(newsStream)}>{texts.latestNews}</a>
        </li>
        <li>
          <a href={archivePath(newsStream)}>{texts.olderNews}</a>
        </li>
      </ul>
    </div>,
    context,
  );
}
