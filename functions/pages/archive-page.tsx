import { archivePath } from '../article/addresses.ts';
import { monthName } from '../article/calendar.ts';
import type { SiteContext } from '../article/site-context.ts';
import { type NamedStream, newsStream } from '../article/stream-name.ts';
import { Empty } from './card-list.tsx';
import { renderPage } from './layout.tsx';
import { messagesOf } from './messages.ts';
import { feedsOf, streamTitle, streamTrail } from './stream-page.tsx';

/** Links the months, such as 2026-03, in which the stream shows an article. */
export function renderArchivePage(stream: NamedStream, months: string[], context: SiteContext): string {
  const { site } = context;
  const { texts, textLang } = messagesOf(site);
  const isNews = stream.name === newsStream;
  const path = archivePath(stream.name);
  const title = isNews ? texts.archive : `${streamTitle(stream, context)}: ${texts.archive}`;
  const trail = [...streamTrail(stream, context), { name: texts.archive, path }];
  const description = `${title}: ${site.description}`;
  const years = [...new Set(months.map(yearOf))];
  return renderPage(
    { title, description, path, trail, feeds: feedsOf(stream, context) },
    <>
      <h1 {...(isNews ? textLang : {})}>{title}</h1>
      {months.length === 0 && <Empty context={context} />}
      {years.map((year) => (
        <section class="sections months">
          <h2 class="label">{year}</h2>
          <ul>
            {months
              .filter((month) => yearOf(month) === year)
              .map((month) => (
                <li>
                  <a href={archivePath(stream.name, month)}>{monthName(month, site.language)}</a>
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
