import { newsStream } from '../article/stream-name.ts';
import { archivePath, streamPath } from './addresses.ts';
import { renderPage } from './layout.tsx';
import type { SiteContext } from './site-context.ts';
import { feedsOf, streamTitle } from './stream-page.tsx';
import { monthName } from './times.ts';

/** The months in which a stream shows an article, such as 2026-03, newest first. */
export interface ArchivePage {
  stream: string;
  label: string;
  months: string[];
}

export function renderArchivePage(page: ArchivePage, context: SiteContext): string {
  const { stream, months } = page;
  const name = streamTitle(page);
  const title = stream === newsStream ? 'Archive' : `${name}, archive`;
  const years = [...new Set(months.map(yearOf))];
  return renderPage(
    { title, path: archivePath(stream), feeds: feedsOf(page, context) },
    <>
      <nav class="breadcrumb" aria-label="Breadcrumb">
        <a href="/">Home</a> <a href={streamPath(stream)}>{name}</a> <span>Archive</span>
      </nav>
      <h1>{title}</h1>
      {months.length === 0 && <p class="empty">There are no articles here.</p>}
      {years.map((year) => (
        <section>
          <h2>{year}</h2>
          <ul>
            {months
              .filter((month) => yearOf(month) === year)
              .map((month) => (
                <li>
                  <a href={archivePath(stream, month)}>{monthName(month)}</a>
                </li>
              ))}
          </ul>
        </section>
      ))}
    </>,
    context,
  );
}

function yearOf(month: string): string {
  return month.slice(0, 4);
}
