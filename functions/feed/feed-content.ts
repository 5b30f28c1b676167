import { archivePath, articlePath, type FeedFormat, feedPath, streamPath } from '../article/addresses.ts';
import { type Article, subscriberId } from '../article/article.ts';
import { portableHtml } from '../article/body-html.ts';
import { monthName, zonedTime } from '../article/calendar.ts';
import { correctionsOf, correctionsStream, ownWords } from '../article/corrections.ts';
import { absoluteUrl, originalOf, type SiteContext, sourceOf } from '../article/site-context.ts';
import { newsStream } from '../article/stream-name.ts';
import { escapeHtml } from './xml.ts';

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
  const name = stream === correctionsStream ? ownWords(site).title : label;
  const title = stream === newsStream ? site.title : `${site.title}: ${name}`;
  const current = absoluteUrl(feedPath(stream, format), context);
  const olderUrl = older && absoluteUrl(older, context);
  // Only the document to subscribe to changes when something is published.
  const hubs = part ? [] : site.hubs;
  let budget = maxContentBytes;
  const entries = input.articles.map(({ article, html }) => {
    const contentHtml = html === undefined ? undefined : fullContent(article, html, context);
    budget -= Buffer.byteLength(contentHtml ?? '');
    return {
      ...article,
      id: subscriberId(article),
      url: absoluteUrl(articlePath(article.slug), context),
      original: originalOf(article, context),
      /** The article's own, or its source; none where that is the site itself. */
      creators: creatorsOf(article, context),
      credit: sourceOf(article, context).credit,
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

/** The text as it is read elsewhere: with its corrections before it, and who it comes from as its last paragraph. */
function fullContent(article: Article, html: string, context: SiteContext): string {
  const { site } = context;
  const words = ownWords(site);
  const corrections = correctionsOf(article).map(
    ({ at, text }) =>
      `<p class="correction"><strong>${words.one} (${zonedTime(at, site.timeZone).slice(0, 10)}):</strong> ${escapeHtml(text)}</p>`,
  );
  const { name, credit = `${words.source}${name}` } = sourceOf(article, context);
  const line = article.source ? [`<p class="credit">${escapeHtml(credit)}</p>`] : [];
  return [...corrections, portableHtml(html, article, context), ...line].join('\n');
}

function creatorsOf(article: Article, context: SiteContext): { name: string; url?: string | undefined }[] {
  if (article.authors.length > 0) return article.authors.map((name) => ({ name }));
  const { name, url } = sourceOf(article, context);
  return article.source ? [{ name, url }] : [];
}

export type FeedContent = ReturnType<typeof feedContent>;
