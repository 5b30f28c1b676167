import { absoluteUrl, feedFormats, feedPath } from '../publish/addresses.ts';
import { renderAtom } from '../publish/atom.ts';
import type { FeedStream } from '../publish/feed-content.ts';
import { renderJsonFeed } from '../publish/json-feed.ts';
import { type LintFault, lintFeed } from '../publish/lint/lint-feed.ts';
import { renderRss } from '../publish/rss.ts';
import { count, logger } from '../runtime/log.ts';
import { type DocumentHead, findDocumentText, keepDocument } from '../store/feed-document.ts';
import { isRefused, keepRefusal } from '../store/feed-refusal.ts';
import { findArticle } from '../store/read-article.ts';
import type { CurrentFeed } from './current-feed.ts';
import type { Desk } from './desk.ts';

const renderers = { rss: renderRss, atom: renderAtom, json: renderJsonFeed };

/** Seconds until a document that was refused is rendered again: what was wrong with it may have been mended in the table. */
export const refusalSeconds = 300;

interface FeedDocument {
  etag: string;
  text: string;
  /** ISO 8601 in UTC, whole seconds. */
  lastModified: string;
}

/** Of the kept document: undefined where there is none, or not that of the feed as it is now. */
interface KnownHeads {
  previous: DocumentHead | undefined;
  current: DocumentHead | undefined;
}

/** What a poll gets: the current document, or the previous one while that would be faulty; undefined without either. */
export async function findDocument(
  desk: Desk,
  feed: CurrentFeed,
  heads: KnownHeads,
): Promise<FeedDocument | undefined> {
  return (
    (await findKept(desk, feed, heads.current)) ??
    (await renderDocument(desk, feed, heads)) ??
    (await findKept(desk, feed, heads.previous))
  );
}

async function findKept(
  { store }: Desk,
  { stream, format }: CurrentFeed,
  head: DocumentHead | undefined,
): Promise<FeedDocument | undefined> {
  const text = head && (await findDocumentText(store, stream, format, head));
  return head && text !== undefined ? { etag: head.etag, lastModified: head.lastModified, text } : undefined;
}

/** Renders the current document and keeps it; undefined, and told, when it would be faulty. */
export async function renderDocument(
  desk: Desk,
  feed: CurrentFeed,
  { previous, current }: KnownHeads,
): Promise<FeedDocument | undefined> {
  const refusal = { etag: feed.etag, now: desk.now() };
  if (!(await isRefused(desk.store, feed.stream, feed.format, refusal))) {
    const stream = await readFeedStream(desk, feed);
    const text = renderers[feed.format](stream, desk.context);
    const faults = faultsOf(desk, feed, text);
    if (faults.length === 0) {
      const lastModified = current?.lastModified ?? nextModification(stream, previous);
      const document = { etag: feed.etag, lastModified, text };
      await keepDocument(desk.store, feed.stream, feed.format, document, previous);
      return document;
    }
    await refuse(desk, feed, faults);
  }
  count({ feedsRefused: 1 });
  return undefined;
}

function faultsOf({ context }: Desk, { stream, format }: CurrentFeed, text: string): LintFault[] {
  const url = absoluteUrl(feedPath(stream, format), context);
  return lintFeed(text, { url, contentType: feedFormats[format].type });
}

async function refuse(desk: Desk, { stream, format, etag }: CurrentFeed, faults: LintFault[]): Promise<void> {
  // Not their messages, which may quote an article.
  const told = faults.slice(0, 10).map(({ rule, place }) => `${rule} at ${place}`);
  logger.error('A feed was refused', { stream, format, faults: told });
  const until = new Date(Date.parse(desk.now()) + refusalSeconds * 1000).toISOString();
  await keepRefusal(desk.store, stream, format, { etag, until });
}

async function readFeedStream(
  desk: Desk,
  { stream, label, cards, tombstones }: CurrentFeed,
): Promise<FeedStream> {
  const found = await Promise.all(cards.map(({ slug, version }) => findArticle(desk.store, slug, version)));
  // An article that changed since its card was read is rendered as it is now: the next poll finds another validator.
  const articles = found.flatMap((stored) =>
    stored && !('movedTo' in stored) && stored.status === 'published' ? [stored] : [],
  );
  return { name: stream, label, articles, tombstones };
}

// Both validators move together: a second change within a second gets the next one.
function nextModification({ articles, tombstones }: FeedStream, previous: DocumentHead | undefined): string {
  const times = [
    ...articles.map(({ article }) => Date.parse(article.updatedAt)),
    ...tombstones.map(({ when }) => Date.parse(when)),
    previous ? Date.parse(previous.lastModified) + 1000 : 0,
  ];
  return new Date(Math.floor(Math.max(...times) / 1000) * 1000).toISOString();
}
