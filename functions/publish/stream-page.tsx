import type { StreamJson } from '../api/answers.ts';
import type { Card } from '../article/article.ts';
import { newsStream } from '../article/stream-name.ts';
import { streamPath } from './addresses.ts';
import { cardJson } from './article-json.ts';
import { CardList } from './card-list.tsx';
import { renderPage } from './layout.tsx';
import type { SiteContext } from './site-context.ts';

/** A page of a stream, with the paths of its neighbours. */
export interface StreamPage {
  stream: string;
  label: string;
  cards: Card[];
  older: string | undefined;
  newer: string | undefined;
}

export function renderStreamPage(page: StreamPage, context: SiteContext): string {
  const { stream, cards, older, newer } = page;
  const title = titleOf(page);
  const feeds = [{ stream, label: `${context.site.title}: ${title}` }];
  if (stream !== newsStream) feeds.push({ stream: newsStream, label: context.site.title });
  return renderPage(
    { title, path: streamPath(stream), feeds, older, newer },
    <>
      <nav class="breadcrumb" aria-label="Breadcrumb">
        <a href="/">Home</a> {stream !== newsStream && <a href="/news">News</a>} <span>{title}</span>
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
    url: context.baseUrl + streamPath(stream),
    items: cards.map((card) => cardJson(card, context)),
    older: older ? context.baseUrl + older : null,
    newer: newer ? context.baseUrl + newer : null,
  };
}

function titleOf({ stream, label }: StreamPage): string {
  return stream === newsStream ? 'News' : label;
}
