import type { StreamJson } from '../api/answers.ts';
import { archivePath, feedFormats, feedPath, streamPath } from '../article/addresses.ts';
import type { Card } from '../article/article.ts';
import { monthName, writtenDays } from '../article/calendar.ts';
import { correctionsStream, ownWords } from '../article/corrections.ts';
import type { SiteContext } from '../article/site-context.ts';
import { type NamedStream, newsStream } from '../article/stream-name.ts';
import { cardJson } from './article-json.ts';
import { CardList } from './card-list.tsx';
import { renderPage, type Trail } from './layout.tsx';
import { messagesOf } from './messages.ts';

/** A page of a stream, or of one of its months. */
export interface StreamPage {
  stream: NamedStream;
  /** Such as 2026-03, in the site's time zone. */
  month?: string | undefined;
  cards: Card[];
  /** Unless it is the first page. */
  path?: string | undefined;
  /** The paths of the pages next to it. */
  older: string | undefined;
  newer: string | undefined;
  /** The nearest months with an article of the stream. */
  olderMonth?: string | undefined;
  newerMonth?: string | undefined;
}

export function renderStreamPage(page: StreamPage, context: SiteContext): string {
  const { stream, month, cards, older, newer } = page;
  const { site } = context;
  const { texts, textLang } = messagesOf(site);
  const title = titleOf(page, context);
  const path = page.path ?? firstPath(page);
  const feeds = feedsOf(stream, context);
  const trail = streamTrail(stream, context);
  if (month)
    trail.push(
      { name: texts.archive, path: archivePath(stream.name) },
      { name: monthName(month, site.language), path },
    );
  const [newest, oldest] = [cards[0], cards.at(-1)];
  const days = page.path && newest && oldest && writtenDays(oldest.publishedAt, newest.publishedAt, site);
  if (days) trail.push({ name: days, path });
  const heading = days ? `${title}, ${days}` : title;
  const description = `${heading}: ${site.description}`;
  const kind = texts.kind[stream.name.split('/')[0] as keyof typeof texts.kind];
  return renderPage(
    { title: heading, description, path, trail, feeds, older, newer, isFeed: true },
    <>
      {kind && (
        <p class="kicker" {...textLang}>
          {kind}
        </p>
      )}
      <h1 class="p-name" {...(stream.name === newsStream && !month ? textLang : {})}>
        {title}
      </h1>
      <CardList cards={cards} level="h2" context={context} />
      <PageLinks page={page} context={context} />
    </>,
    context,
  );
}

function PageLinks({ page, context }: { page: StreamPage; context: SiteContext }) {
  const { stream, older, newer, olderMonth, newerMonth } = page;
  const { language } = context.site;
  const { texts, textLang } = messagesOf(context.site);
  return (
    <nav class="pages" aria-label={texts.pages} {...textLang}>
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
            <a href={archivePath(stream.name, month)} lang={language}>
              {monthName(month, language)}
            </a>
          ),
      )}
      <a href={archivePath(stream.name)}>{texts.archive}</a>
      <a href={feedPath(stream.name, 'rss')} type={feedFormats.rss.type}>
        {texts.subscribe}
      </a>
    </nav>
  );
}

export function streamJson(page: StreamPage, context: SiteContext): StreamJson {
  const { stream, cards, older, newer } = page;
  return {
    stream: stream.name,
    title: titleOf(page, context),
    url: context.baseUrl + firstPath(page),
    items: cards.map((card) => cardJson(card, context)),
    older: older ? context.baseUrl + older : null,
    newer: newer ? context.baseUrl + newer : null,
  };
}

function titleOf({ stream, month }: StreamPage, context: SiteContext): string {
  if (month === undefined) return streamTitle(stream, context);
  const name = monthName(month, context.site.language);
  return stream.name === newsStream ? name : `${streamTitle(stream, context)}, ${name}`;
}

function firstPath({ stream, month }: StreamPage): string {
  return month === undefined ? streamPath(stream.name) : archivePath(stream.name, month);
}

export function streamTrail(stream: NamedStream, context: SiteContext): Trail {
  const { texts } = messagesOf(context.site);
  return [
    ...(stream.name === newsStream ? [] : [{ name: texts.news, path: streamPath(newsStream) }]),
    { name: streamTitle(stream, context), path: streamPath(stream.name) },
  ];
}

/** The feeds that a page of the stream links: its own, then those of all news. */
export function feedsOf(stream: NamedStream, context: SiteContext): NamedStream[] {
  const { title } = context.site;
  const own = { name: stream.name, label: `${title}: ${streamTitle(stream, context)}` };
  return stream.name === newsStream ? [own] : [own, { name: newsStream, label: title }];
}

/** The label, or for the site's own streams the word in its language. */
export function streamTitle({ name, label }: NamedStream, { site }: SiteContext): string {
  if (name === correctionsStream) return ownWords(site).title;
  return name === newsStream ? messagesOf(site).texts.news : label;
}
