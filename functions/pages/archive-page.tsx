import { archivePath } from '../article/addresses.ts';
import { monthName } from '../article/calendar.ts';
import type { SiteContext } from '../article/site-context.ts';
import { newsStream } from '../article/stream-name.ts';
import { Breadcrumb } from './breadcrumb.tsx';
import { Empty } from './card-list.tsx';
import { renderPage } from './layout.tsx';
import { messagesOf } from './messages.ts';
import { PageMetadata } from './page-metadata.tsx';
import { feedsOf, streamTitle, streamTrail } from './stream-page.tsx';

/** The months in which a stream shows an article, such as 2026-03, newest first. */
export interface ArchivePage {
  stream: string;
  label: string;
  months: string[];
}

export function renderArchivePage(page: ArchivePage, context: SiteContext): string {
  const { stream, months } = page;
  const { site } = context;
  const { texts, marks } = messagesOf(site);
  const path = archivePath(stream);
  const title = stream === newsStream ? texts.archive : `${streamTitle(page, context)}: ${texts.archive}`;
  const trail = [...streamTrail(page, context), { name: texts.archive, path }];
  const description = `${title}: ${site.description}`;
  const metadata = <PageMetadata {...{ title, description, path, trail, context }} />;
  const years = [...new Set(months.map(yearOf))];
  return renderPage(
    { title, description, path, feeds: feedsOf(page, context), metadata },
    <>
      <Breadcrumb trail={trail} context={context} />
      <h1 {...(stream === newsStream ? marks : {})}>{title}</h1>
      {months.length === 0 && <Empty context={context} />}
      {years.map((year) => (
        <section class="sections months">
          <h2 class="label">{year}</h2>
          <ul>
            {months
              .filter((month) => yearOf(month) === year)
              .map((month) => (
                <li>
                  <a href={archivePath(stream, month)}>{monthName(month, site.language)}</a>
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
