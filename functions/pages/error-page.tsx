import { archivePath } from '../article/addresses.ts';
import type { SiteContext } from '../article/site-context.ts';
import { newsStream } from '../article/stream-name.ts';
import { renderPage } from './layout.tsx';
import { type Messages, messagesOf } from './messages.ts';

/** What went wrong, in a reader's words, with ways on. */
export function renderErrorPage(kind: keyof Messages['problems'], context: SiteContext): string {
  const { texts, marks } = messagesOf(context.site);
  const { title, detail } = texts.problems[kind];
  return renderPage(
    { title },
    <div class="text" {...marks}>
      <h1>{title}</h1>
      <p>{detail}</p>
      <ul>
        <li>
          <a href="/">{texts.wayOn}</a>
        </li>
        <li>
          <a href="/news">{texts.latestNews}</a>
        </li>
        <li>
          <a href={archivePath(newsStream)}>{texts.olderNews}</a>
        </li>
      </ul>
    </div>,
    context,
  );
}
