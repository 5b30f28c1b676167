import type { StreamJson } from '../api/answers.ts';
import type { Card } from '../article/article.ts';
import { newsStream } from '../article/stream-name.ts';
import { streamPath } from './addresses.ts';
import { cardJson } from './article-json.ts';
import { Breadcrumb } from './breadcrumb.tsx';
import { CardList } from './card-list.tsx';
import { renderPage } from './layout.tsx';
import { messagesOf } from './messages.ts';
import { PageMetadata } from './page-metadata.tsx';
import type { SiteContext } from './site-context.ts';

/** A page of a stream, with the paths of its neighbours. */
export interface StreamPage {
  stream: string;
  label: string;
  cards: Card[];
  /** Its own path where it is not the stream's first page. */
  path?: string | undefined;
  older: string | undefined;
  newer: string | undefined;
}

export function renderStreamPage(page: StreamPage, context: SiteContext): string {
  const { stream, cards, older, newer } = page;
  const { site } = context;
  const { texts, marks } = messagesOf(site);
  const isNews = stream === newsStream;
  const title = isNews ? texts.news : page.label;
  const path = page.path ?? streamPath(stream);
  const feeds = [{ stream, label: `${site.title}: ${title}` }];
  if (!isNews) feeds.push({ stream: newsStream, label: site.title });
  const trail = [
    { name: texts.home, path: '/' },
    ...(isNews ? [] : [{ name: texts.news, path: streamPath(newsStream) }]),
    { name: title, path },
  ];
  const description = `${title}: ${site.description}`;
  const metadata = <PageMetadata {...{ title, description, path, trail, context }} />;
  return renderPage(
    { title, description, path, feeds, older, newer, metadata },
    <>
      <Breadcrumb trail={trail} context={context} />
      <h1 {...(isNews ? marks : {})}>{title}</h1>
      <CardList cards={cards} context={context} />
      {(newer || older) && (
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
        </nav>
      )}
    </>,
    context,
  );
}

export function streamJson(page: StreamPage, context: SiteContext): StreamJson {
  const { stream, label, cards, older, newer } = page;
  return {
    stream,
    title: stream === newsStream ? 'News' : label,
    url: context.baseUrl + streamPath(stream),
    items: cards.map((card) => cardJson(card, context)),
    older: older ? context.baseUrl + older : null,
    newer: newer ? context.baseUrl + newer : null,
  };
}
