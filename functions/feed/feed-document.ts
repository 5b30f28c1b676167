import { count } from '../runtime/log.ts';
import {
  type DocumentHead,
  extendPrerender,
  findDocumentText,
  isFeedRejected,
  keepDocument,
  recordRejection,
} from '../store/stored-feed.ts';
import type { Backend } from './backend.ts';
import type { CurrentFeed } from './current-feed.ts';
import type { FeedStream } from './feed-content.ts';
import { renderFeed } from './render-feed.ts';

/** Seconds until a document that was refused is rendered again: what was wrong with it may have been mended in the table. */
export const refusalSeconds = 300;
/** How long a document is rendered ahead after somebody asked for it, or half of that: to note it anew costs a write. */
const wantedDays = 30;

interface FeedDocument {
  etag: string;
  text: string;
  /** ISO 8601 in UTC, whole seconds. */
  lastModified: string;
}

/** What a poll gets: the current document, or the stored one while that would be faulty; undefined without either. */
export async function findDocument(
  backend: Backend,
  feed: CurrentFeed,
  stored: DocumentHead | undefined,
): Promise<FeedDocument | undefined> {
  const isCurrent = stored?.etag === feed.etag;
  const document = isCurrent ? await loadStored(backend, feed, stored) : undefined;
  if (document && stored) await want(backend, feed, stored);
  return (
    document ?? (await renderDocument(backend, feed, stored)) ?? (await loadStored(backend, feed, stored))
  );
}

async function want(
  { store, now }: Backend,
  { stream, format }: CurrentFeed,
  head: DocumentHead,
): Promise<void> {
  if ((head.wantedUntil ?? '') < daysAfter(now(), wantedDays / 2))
    await extendPrerender(store, stream, format, head, daysAfter(now(), wantedDays));
}

function daysAfter(time: string, days: number): string {
  return new Date(Date.parse(time) + days * 86_400_000).toISOString();
}

async function loadStored(
  { store }: Backend,
  { stream, format }: CurrentFeed,
  head: DocumentHead | undefined,
): Promise<FeedDocument | undefined> {
  const text = head && (await findDocumentText(store, stream, format, head));
  return head && text !== undefined ? { etag: head.etag, lastModified: head.lastModified, text } : undefined;
}

/** Renders the current document and stores it in place of `stored`; undefined, with a log entry, when it would be faulty. */
export async function renderDocument(
  backend: Backend,
  feed: CurrentFeed,
  stored: DocumentHead | undefined,
  wantedUntil = daysAfter(backend.now(), wantedDays),
): Promise<FeedDocument | undefined> {
  const refusal = { etag: feed.etag, now: backend.now() };
  if (!(await isFeedRejected(backend.store, feed.stream, feed.format, refusal))) {
    const rendered = await renderFeed(backend, feed);
    if (rendered) {
      const lastModified =
        stored?.etag === feed.etag
          ? stored.lastModified
          : nextModification(rendered.stream, stored, backend.now());
      const document = { etag: feed.etag, lastModified, wantedUntil, text: rendered.text };
      await keepDocument(backend.store, feed.stream, feed.format, document, stored);
      return document;
    }
    await refuse(backend, feed);
  }
  count({ feedsRefused: 1 });
  return undefined;
}

async function refuse(backend: Backend, { stream, format, etag }: CurrentFeed): Promise<void> {
  const until = new Date(Date.parse(backend.now()) + refusalSeconds * 1000).toISOString();
  await recordRejection(backend.store, stream, format, { etag, until });
}

// Both validators move together: a second change within a second gets the next one. What lies ahead, such as a date with a slip
// in its year, was never told: it would keep the feed without a time until then.
function nextModification(
  { articles, tombstones }: FeedStream,
  previous: DocumentHead | undefined,
  now: string,
): string {
  const past = (time: string) => Math.min(Date.parse(time), Date.parse(now));
  const times = [
    ...articles.map(({ article }) => past(article.updatedAt)),
    ...tombstones.map(({ when }) => past(when)),
    previous ? past(previous.lastModified) + 1000 : 0,
  ];
  return new Date(Math.floor(Math.max(...times) / 1000) * 1000).toISOString();
}
