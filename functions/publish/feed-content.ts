import type { Article } from '../article/article.ts';
import { subscriberId } from '../article/iri.ts';
import { newsStream } from '../article/stream-name.ts';
import {
  absoluteUrl,
  articlePath,
  type FeedFormat,
  feedPath,
  portableHtml,
  streamPath,
} from './addresses.ts';
import type { SiteContext } from './site-context.ts';

/** A stream as a feed shows it: its newest articles, newest first. */
export interface FeedStream {
  name: string;
  /** As people read it. */
  label: string;
  articles: { article: Article; html: string }[];
  tombstones: { id: string; when: string }[];
}

/** Bytes of HTML that a document holds before it falls back to summaries: Lambda answers with 6 MB at most. */
const maxContentBytes = 1_000_000;

/** What the three formats have in common, so that they cannot differ. */
export function feedContent(stream: FeedStream, format: FeedFormat, context: SiteContext) {
  const { site } = context;
  let budget = maxContentBytes;
  const entries = stream.articles.map(({ article, html }) => {
    const contentHtml = portableHtml(html, article.slug, context);
    budget -= Buffer.byteLength(contentHtml);
    return {
      ...article,
      id: subscriberId(article),
      url: absoluteUrl(articlePath(article.slug), context),
      contentHtml: budget >= 0 ? contentHtml : undefined,
    };
  });
  const times = [...entries.map(({ updatedAt }) => updatedAt), ...stream.tombstones.map(({ when }) => when)];
  return {
    id: `tag:${site.authority},2026:${streamPath(stream.name).slice(1)}`,
    title: stream.name === newsStream ? site.title : `${site.title}: ${stream.label}`,
    pageUrl: absoluteUrl(streamPath(stream.name), context),
    feedUrl: absoluteUrl(feedPath(stream.name, format), context),
    // Of the content, never of the clock; a stream that never had any has the beginning of time.
    updated: times.reduce((a, b) => (a > b ? a : b), new Date(0).toISOString()),
    entries,
  };
}

export type FeedContent = ReturnType<typeof feedContent>;
