import { archivePath, articlePath, type FeedFormat, feedPath, streamPath } from '../article/addresses.ts';
import { type Article, subscriberId } from '../article/article.ts';
import { portableHtml } from '../article/body-html.ts';
import { monthName } from '../article/calendar.ts';
import { absoluteUrl, type SiteContext } from '../article/site-context.ts';
import { newsStream } from '../article/stream-name.ts';

/** What one document of a stream's feed is rendered from. */
export interface FeedInput {
  stream: string;
  /** The stream's name as people write it. */
  label: string;
  /** Newest first. Without `html`, feeds show the summary. */
  articles: { article: Article; html: string | undefined }[];
  tombstones: { id: string; when: string }[];
  /** The path of the next document, with older articles. */
  older?: string | undefined;
  /** Set for a document of older articles: an archive document (RFC 5005) if it has a month, otherwise a page of JSON Feed. */
  part?: {
    /** Its own path, with the query. */
    path: string;
    /** Such as 2026-03, in the site's time zone. */
    month?: string | undefined;
    /** The path of the next newer archive document. */
    newer?: string | undefined;
  };
}

/** Bytes of HTML in a document; further articles show their summary. A Lambda response is limited to 6 MB. */
export const maxContentBytes = 1_000_000;

/** What all three formats show. */
export function feedContent(input: FeedInput, format: FeedFormat, context: SiteContext) {
  const { site } = context;
  const { stream, label, older, part } = input;
  const { month, newer } = part ?? {};
  const title = stream === newsStream ? site.title : `${site.title}: ${label}`;
  const current = absoluteUrl(feedPath(stream, format), context);
  const olderUrl = older && absoluteUrl(older, context);
  // Only the document to subscribe to changes when something is published.
  const hubs = part ? [] : site.hubs;
  let budget = maxContentBytes;
  const entries = input.articles.map(({ article, html }) => {
    const contentHtml = html === undefined ? undefined : portableHtml(html, article, context);
    budget -= Buffer.byteLength(contentHtml ?? '');
    return {
      ...article,
      id: subscriberId(article),
      url: absoluteUrl(articlePath(article.slug), context),
      contentHtml: budget >= 0 ? contentHtml : undefined,
      /** Category and tags, each with the kind of its stream. */
      labels: [
        ...(article.category ? [{ kind: 'category', label: article.category }] : []),
        ...article.tags.map((label) => ({ kind: 'tag', label })),
      ],
    };
  });
  // The lint rejects an article with a tombstone, and subscribers would get no further changes.
  const shown = new Set(entries.map(({ id }) => id));
  const tombstones = input.tombstones.filter(({ id }) => !shown.has(id));
  const times = [...entries.map(({ updatedAt }) => updatedAt), ...tombstones.map(({ when }) => when)];
  return {
    id: `tag:${site.authority},2026:${streamPath(stream).slice(1)}`,
    title: month ? `${title}, ${monthName(month, site.language)}` : title,
    pageUrl: absoluteUrl(month ? archivePath(stream, month) : streamPath(stream), context),
    feedUrl: part ? absoluteUrl(part.path, context) : current,
    olderUrl,
    /** An archive document of RFC 5005 never changes. */
    isArchive: month !== undefined,
    hubs,
    /** The feed's other documents (RFC 5005 §4, in RSS its Appendix B) and the hubs. */
    links: [
      ...(month ? [{ rel: 'current', url: current }] : []),
      ...(olderUrl && format !== 'json' ? [{ rel: 'prev-archive', url: olderUrl }] : []),
      ...(newer ? [{ rel: 'next-archive', url: absoluteUrl(newer, context) }] : []),
      ...hubs.map((url) => ({ rel: 'hub', url })),
    ],
    // The newest change of the content, never the clock; 1970 for an empty stream.
    updated: times.reduce((a, b) => (a > b ? a : b), new Date(0).toISOString()),
    entries,
    tombstones,
  };
}

export type FeedContent = ReturnType<typeof feedContent>;
