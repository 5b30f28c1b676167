import { archivePath, articlePath, type FeedFormat, feedPath, streamPath } from '../article/addresses.ts';
import { type Article, subscriberId } from '../article/article.ts';
import { portableHtml } from '../article/body-html.ts';
import { monthName } from '../article/calendar.ts';
import { absoluteUrl, type SiteContext } from '../article/site-context.ts';
import { newsStream } from '../article/stream-name.ts';

/** A stream as a document of its feed shows it, newest first. */
export interface FeedStream {
  name: string;
  /** As people read it. */
  label: string;
  /** Without `html` there is but the summary to show. */
  articles: { article: Article; html: string | undefined }[];
  tombstones: { id: string; when: string }[];
  /** The path of the next document of the feed, of older articles. */
  older?: string | undefined;
  /** Of a document that is not the one to subscribe to, with the newest articles. */
  part?: FeedPart | undefined;
}

/** Where an older document of a feed stands: by its month an archive document of RFC 5005, without one a page of JSON Feed. */
export interface FeedPart {
  /** Its own, with its query. */
  path: string;
  /** Such as 2026-03, of the site's zone. */
  month?: string | undefined;
  /** The path of the next newer archive document. */
  newer?: string | undefined;
}

/** Bytes of HTML that a document holds before it falls back to summaries: Lambda answers with 6 MB at most. */
export const maxContentBytes = 1_000_000;

/** What the three formats have in common, so that they cannot differ. */
export function feedContent(stream: FeedStream, format: FeedFormat, context: SiteContext) {
  const { site } = context;
  const { name, older, part } = stream;
  const { month, newer } = part ?? {};
  const title = name === newsStream ? site.title : `${site.title}: ${stream.label}`;
  const current = absoluteUrl(feedPath(name, format), context);
  const olderUrl = older && absoluteUrl(older, context);
  // Only the document to subscribe to changes with what is published.
  const hubs = part ? [] : site.hubs;
  let budget = maxContentBytes;
  const entries = stream.articles.map(({ article, html }) => {
    const contentHtml = html === undefined ? undefined : portableHtml(html, article.slug, context);
    budget -= Buffer.byteLength(contentHtml ?? '');
    return {
      ...article,
      id: subscriberId(article),
      url: absoluteUrl(articlePath(article.slug), context),
      contentHtml: budget >= 0 ? contentHtml : undefined,
      /** Its category and tags, by the kind of stream that they name. */
      labels: [
        ...(article.category ? [{ kind: 'category', label: article.category }] : []),
        ...article.tags.map((label) => ({ kind: 'tag', label })),
      ],
    };
  });
  // A document with both would be refused, and no later change would reach anybody.
  const shown = new Set(entries.map(({ id }) => id));
  const tombstones = stream.tombstones.filter(({ id }) => !shown.has(id));
  const times = [...entries.map(({ updatedAt }) => updatedAt), ...tombstones.map(({ when }) => when)];
  return {
    id: `tag:${site.authority},2026:${streamPath(name).slice(1)}`,
    title: month ? `${title}, ${monthName(month, site.language)}` : title,
    pageUrl: absoluteUrl(month ? archivePath(name, month) : streamPath(name), context),
    feedUrl: part ? absoluteUrl(part.path, context) : current,
    olderUrl,
    /** Whether it is an archive document of RFC 5005, which never changes. */
    isArchive: month !== undefined,
    hubs,
    /** To other documents of the feed, RFC 5005 §4, for RSS by its Appendix B; and to the hubs. */
    links: [
      ...(month ? [{ rel: 'current', url: current }] : []),
      ...(olderUrl && format !== 'json' ? [{ rel: 'prev-archive', url: olderUrl }] : []),
      ...(newer ? [{ rel: 'next-archive', url: absoluteUrl(newer, context) }] : []),
      ...hubs.map((url) => ({ rel: 'hub', url })),
    ],
    // Of the content, never of the clock; a stream that never had any has the beginning of time.
    updated: times.reduce((a, b) => (a > b ? a : b), new Date(0).toISOString()),
    entries,
    tombstones,
  };
}

export type FeedContent = ReturnType<typeof feedContent>;
