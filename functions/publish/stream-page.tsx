import type { StreamJson } from '../api/answers.ts';
import type { Card } from '../article/article.ts';
import { newsStream } from '../article/stream-name.ts';
import { archivePath, streamPath } from './addresses.ts';
import { cardJson } from './article-json.ts';
import { CardList } from './card-list.tsx';
import { renderPage } from './layout.tsx';
import type { SiteContext } from './site-context.ts';
import { monthName } from './times.ts';

/** A page of a stream, or of a month of it, with the paths of its neighbours. */
export interface StreamPage {
  stream: string;
  label: string;
  /** Such as 2026-03, of the site's zone. */
  month?: string | undefined;
  cards: Card[];
  older: string | undefined;
  newer: string | undefined;
  /** The months next to it in which the stream shows an article. */
  olderMonth?: string | undefined;
  newerMonth?: string | undefined;
}

type NamedStream = Pick<StreamPage, 'stream' | 'label'>;

export function renderStreamPage(page: StreamPage, context: SiteContext): string {
  const { stream, month, cards, older, newer, olderMonth, newerMonth } = page;
  const title = titleOf(page);
  const name = streamTitle(page);
  const feeds = feedsOf(page, context);
  return renderPage(
    { title, path: pathOf(page), feeds, older, newer },
    <>
      <nav class="breadcrumb" aria-label="Breadcrumb">
        <a href="/">Home</a> {stream !== newsStream && <a href="/news">News</a>}{' '}
        {month ? (
          <>
            <a href={streamPath(stream)}>{name}</a> <span>{monthName(month)}</span>
          </>
        ) : (
          <span>{title}</span>
        )}
      </nav>
      <h1>{title}</h1>
      <CardList cards={cards} context={context} />
      <nav class="pages" aria-label="Pages">
        {newer && (
          <a href={newer} rel="prev">
            Newer
          </a>
        )}
        {older && (
          <a href={older} rel="next">
            Older
          </a>
        )}
        {newerMonth && <a href={archivePath(stream, newerMonth)}>{monthName(newerMonth)}</a>}
        {olderMonth && <a href={archivePath(stream, olderMonth)}>{monthName(olderMonth)}</a>}
        <a href={archivePath(stream)}>Archive</a>
      </nav>
    </>,
    context,
  );
}

export function renderFrontPage(cards: Card[], context: SiteContext): string {
  const { site } = context;
  return renderPage(
    { title: site.title, description: site.description, path: '/' },
    <>
      <h1>{site.title}</h1>
      <CardList cards={cards} context={context} />
      <nav class="pages" aria-label="Pages">
        <a href="/news">All news</a>
      </nav>
    </>,
    context,
  );
}

export function streamJson(page: StreamPage, context: SiteContext): StreamJson {
  const { stream, cards, older, newer } = page;
  return {
    stream,
    title: titleOf(page),
    url: context.baseUrl + pathOf(page),
    items: cards.map((card) => cardJson(card, context)),
    older: older ? context.baseUrl + older : null,
    newer: newer ? context.baseUrl + newer : null,
  };
}

function titleOf(page: StreamPage): string {
  const { stream, month } = page;
  if (month === undefined) return streamTitle(page);
  return stream === newsStream ? monthName(month) : `${streamTitle(page)}, ${monthName(month)}`;
}

function pathOf({ stream, month }: StreamPage): string {
  return month === undefined ? streamPath(stream) : archivePath(stream, month);
}

/** What a page of a stream announces: its own feeds, then those of all news. */
export function feedsOf(page: NamedStream, { site }: SiteContext): { stream: string; label: string }[] {
  const { stream } = page;
  const own = { stream, label: `${site.title}: ${streamTitle(page)}` };
  return stream === newsStream ? [own] : [own, { stream: newsStream, label: site.title }];
}

/** As people read it. */
export function streamTitle({ stream, label }: NamedStream): string {
  return stream === newsStream ? 'News' : label;
}
