import { count, logger } from '../runtime/log.ts';
import { isFeedRejected, recordRejection } from '../store/rejected-feed.ts';
import { type DocumentHead, findPackedDocument, keepDocument } from '../store/stored-feed.ts';
import type { FeedBackend } from './backend.ts';
import type { FeedSnapshot } from './current-feed.ts';
import type { FeedInput } from './feed-content.ts';
import { renderFeed } from './render-feed.ts';

/** Seconds until a rejected document is rendered again: a repair may have corrected its articles. */
export const refusalSeconds = 300;
/** How long the text of a document is kept: then the next request renders it again. */
const keptMilliseconds = 30 * 86_400_000;

interface FeedDocument {
  etag: string;
  /** ISO 8601 in UTC, whole seconds. */
  lastModified: string;
}

/** As it was just rendered. */
interface RenderedDocument extends FeedDocument {
  text: string;
}

/** As the store has it: packed with brotli, as most readers take it. */
interface StoredDocument extends FeedDocument {
  packed: Uint8Array[];
}

/** The document for a poll: the current one, or the stored one if that would be faulty; undefined without either. */
export async function findDocument(
  backend: FeedBackend,
  feed: FeedSnapshot,
  stored: DocumentHead | undefined,
): Promise<RenderedDocument | StoredDocument | undefined> {
  const isCurrent = stored?.etag === feed.etag;
  const document = isCurrent ? await loadStored(backend, feed, stored) : undefined;
  if (document) return document;
  const rendered = await renderDocument(backend, feed, stored);
  if (rendered) await servedAnyway(feed, keepRendered(backend, feed, rendered, stored));
  return rendered ?? (await loadStored(backend, feed, stored));
}

/** What is stored for other readers must not keep this one from the feed. */
async function servedAnyway({ stream, format }: FeedSnapshot, storing: Promise<void>): Promise<void> {
  await storing.catch((error: Error) =>
    logger.error('A feed could not be stored, and is served all the same', { stream, format, error }),
  );
}

async function keepRendered(
  { store, now }: FeedBackend,
  { stream, format }: FeedSnapshot,
  document: RenderedDocument,
  previous: DocumentHead | undefined,
): Promise<void> {
  const wantedUntil = new Date(Date.parse(now()) + keptMilliseconds).toISOString();
  await keepDocument(store, stream, format, { ...document, wantedUntil }, previous);
}

async function loadStored(
  { store }: FeedBackend,
  { stream, format }: FeedSnapshot,
  head: DocumentHead | undefined,
): Promise<StoredDocument | undefined> {
  const packed = head && (await findPackedDocument(store, stream, format, head));
  return head && packed && { etag: head.etag, lastModified: head.lastModified, packed };
}

/** Renders the current document, later than `stored`; undefined, with a log entry, when it would be faulty. */
async function renderDocument(
  backend: FeedBackend,
  feed: FeedSnapshot,
  stored: DocumentHead | undefined,
): Promise<RenderedDocument | undefined> {
  const refusal = { etag: feed.etag, now: backend.now() };
  if (!(await isFeedRejected(backend.store, feed.stream, feed.format, refusal))) {
    const rendered = await renderFeed(backend, feed);
    if (rendered) {
      const lastModified =
        stored?.etag === feed.etag
          ? stored.lastModified
          : nextModification(rendered.input, stored, backend.now());
      return { etag: feed.etag, lastModified, text: rendered.text };
    }
    await servedAnyway(feed, refuse(backend, feed));
  }
  count({ feedsRefused: 1 });
  return undefined;
}

async function refuse(backend: FeedBackend, { stream, format, etag }: FeedSnapshot): Promise<void> {
  const until = new Date(Date.parse(backend.now()) + refusalSeconds * 1000).toISOString();
  await recordRejection(backend.store, stream, format, { etag, until });
}

// Last-Modified moves whenever the ETag does: a second change within a second gets the next second. A time in the future, such as
// one with a wrong year, counts as now: a future Last-Modified is not sent.
function nextModification(
  { articles, tombstones }: FeedInput,
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
