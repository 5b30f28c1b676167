import type { StreamJson } from '../api/answers.ts';
import { archivePath, feedFormats, feedPath, streamPath } from '../article/addresses.ts';
import type { Card } from '../article/article.ts';
import { monthName, writtenDays } from '../article/calendar.ts';
import type { SiteContext } from '../article/site-context.ts';
import { newsStream } from '../article/stream-name.ts';
import { cardJson } from './article-json.ts';
import { Breadcrumb, type Trail } from './breadcrumb.tsx';
import { CardList } from './card-list.tsx';
import { renderPage } from './layout.tsx';
import { messagesOf } from './messages.ts';
import { PageMetadata } from './page-metadata.tsx';

/** A page of a stream, or of a month of it, with the paths of its neighbours. */
export interface StreamPage {
  stream: string;
  label: string;
  /** Such as 2026-03, of the site's zone. */
  month?: string | undefined;
  cards: Card[];
  /** Its own path where it is not the first page of the stream or month. */
  path?: string | undefined;
  older: string | undefined;
  newer: string | undefined;
  /** The months next to it in which the stream shows an article. */
  olderMonth?: string | undefined;
  newerMonth?: string | undefined;
}

type NamedStream = Pick<StreamPage, 'stream' | 'label'>;

export function renderStreamPage(page: StreamPage, context: SiteContext): string {
  const { stream, month, cards, older, newer } = page;
  const { site } = context;
  const { texts, marks } = messagesOf(site);
  const title = titleOf(page, context);
  const path = page.path ?? pathOf(page);
  const feeds = feedsOf(page, context);
  const trail = streamTrail(page, context);
  if (month)
    trail.push(
      { name: texts.archive, path: archivePath(stream) },
      { name: monthName(month, site.language), path },
    );
  const [newest, oldest] = [cards[0], cards.at(-1)];
  const days = page.path && newest && oldest && writtenDays(oldest.publishedAt, newest.publishedAt, site);
  if (days) trail.push({ name: days, path });
  const heading = days ? `${title}, ${days}` : title;
  const description = `${heading}: ${site.description}`;
  const metadata = <PageMetadata {...{ title: heading, description, path, trail, context }} />;
  const kind = texts.kind[stream.split('/')[0] as keyof typeof texts.kind];
  return renderPage(
    { title: heading, description, path, feeds, older, newer, metadata, isFeed: true },
    <>
      <Breadcrumb trail={trail} context={context} />
      {kind && (
        <p class="kicker" {...marks}>
          {kind}
        </p>
      )}
      <h1 class="p-name" {...(stream === newsStream && !month ? marks : {})}>
        {title}
      </h1>
      <CardList cards={cards} level="h2" context={context} />
      <WaysOn page={page} context={context} />
    </>,
    context,
  );
}

function WaysOn({ page, context }: { page: StreamPage; context: SiteContext }) {
  const { stream, older, newer, olderMonth, newerMonth } = page;
  const { language } = context.site;
  const { texts, marks } = messagesOf(context.site);
  return (
    <nav class="pages" aria-label={texts.pages} {...marks}>
      {newer && (
        <a href={newer} rel="prev">
          {texts.newer}
        </a>
      )}
      {older && (
        <a href={older} rel="next">
          {texts.older}
        </a>
      )}
      {[newerMonth, olderMonth].map(
        (month) =>
          month && (
            <a href={archivePath(stream, month)} lang={language}>
              {monthName(month, language)}
            </a>
          ),
      )}
      <a href={archivePath(stream)}>{texts.archive}</a>
      <a href={feedPath(stream, 'rss')} type={feedFormats.rss.type}>
        {texts.subscribe}
      </a>
    </nav>
  );
}

export function streamJson(page: StreamPage, context: SiteContext): StreamJson {
  const { stream, cards, older, newer } = page;
  return {
    stream,
    title: titleOf(page, context),
    url: context.baseUrl + pathOf(page),
    items: cards.map((card) => cardJson(card, context)),
    older: older ? context.baseUrl + older : null,
    newer: newer ? context.baseUrl + newer : null,
  };
}

function titleOf(page: StreamPage, context: SiteContext): string {
  const { stream, month } = page;
  if (month === undefined) return streamTitle(page, context);
  const name = monthName(month, context.site.language);
  return stream === newsStream ? name : `${streamTitle(page, context)}, ${name}`;
}

function pathOf({ stream, month }: StreamPage): string {
  return month === undefined ? streamPath(stream) : archivePath(stream, month);
}

/** The pages that lead to a stream, its own the last. */
export function streamTrail(page: NamedStream, context: SiteContext): Trail {
  const { texts } = messagesOf(context.site);
  return [
    { name: texts.home, path: '/' },
    ...(page.stream === newsStream ? [] : [{ name: texts.news, path: streamPath(newsStream) }]),
    { name: streamTitle(page, context), path: streamPath(page.stream) },
  ];
}

/** What a page of a stream announces: its own feeds, then those of all news. */
export function feedsOf(page: NamedStream, context: SiteContext): { stream: string; label: string }[] {
  const { title } = context.site;
  const own = { stream: page.stream, label: `${title}: ${streamTitle(page, context)}` };
  return page.stream === newsStream ? [own] : [own, { stream: newsStream, label: title }];
}

/** As people read it. */
export function streamTitle({ stream, label }: NamedStream, { site }: SiteContext): string {
  return stream === newsStream ? messagesOf(site).texts.news : label;
}
