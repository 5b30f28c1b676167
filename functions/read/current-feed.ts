import { createHash } from 'node:crypto';
import type { Card } from '../article/article.ts';
import type { FeedFormat } from '../publish/addresses.ts';
import { renderAtom } from '../publish/atom.ts';
import type { FeedStream } from '../publish/feed-content.ts';
import { renderJsonFeed } from '../publish/json-feed.ts';
import { renderRss } from '../publish/rss.ts';
import type { DocumentHead } from '../store/feed-document.ts';
import { findDocumentHead, findDocumentText, keepDocument } from '../store/feed-document.ts';
import { findArticle } from '../store/read-article.ts';
import { type GoneEntry, readTombstones } from '../store/tombstones.ts';
import type { Desk } from './desk.ts';
import { findStreamCards } from './stream-cards.ts';

const renderers = { rss: renderRss, atom: renderAtom, json: renderJsonFeed };
const maxEntries = 20;
const maxTombstones = 20;

/** A feed as it is now: known by its validator before anything is read or rendered of it. */
export interface CurrentFeed {
  stream: string;
  format: FeedFormat;
  label: string;
  cards: Card[];
  tombstones: GoneEntry[];
  etag: string;
  /** Seconds until the next known change, at most five minutes. */
  maxAge: number;
}

/** One query of cards, and one of tombstones for Atom; undefined for a stream that never had an article. */
export async function findCurrentFeed(
  desk: Desk,
  stream: string,
  format: FeedFormat,
): Promise<CurrentFeed | undefined> {
  const now = desk.now();
  const [found, tombstones] = await Promise.all([
    findStreamCards(desk, stream, maxEntries, now),
    format === 'atom' ? readTombstones(desk.store, stream, { now, limit: maxTombstones }) : [],
  ]);
  if (!found) return undefined;
  const { label, cards, maxAge } = found;
  const content = [
    desk.edition,
    stream,
    format,
    label,
    cards.map(({ id, version }) => [id, version]),
    tombstones,
  ];
  const hash = createHash('sha256').update(JSON.stringify(content)).digest('base64url').slice(0, 27);
  return { stream, format, label, cards, tombstones, maxAge, etag: `W/"${hash}"` };
}

/** Of the kept document when it is the current one; undefined means that the feed has to be rendered. */
export async function findCurrentHead(desk: Desk, feed: CurrentFeed) {
  const head = await findDocumentHead(desk.store, feed.stream, feed.format);
  return { previous: head, current: head?.etag === feed.etag ? head : undefined };
}

/** The document with its time: the kept one, or rendered now and kept. */
export async function requireDocument(
  desk: Desk,
  feed: CurrentFeed,
  { previous, current }: { previous: DocumentHead | undefined; current: DocumentHead | undefined },
): Promise<{ text: string; lastModified: string }> {
  const kept = current && (await findDocumentText(desk.store, feed.stream, feed.format, current));
  if (current && kept !== undefined) return { text: kept, lastModified: current.lastModified };
  const stream = await readFeedStream(desk, feed);
  const text = renderers[feed.format](stream, desk.context);
  const lastModified = current?.lastModified ?? nextModification(stream, previous);
  await keepDocument(desk.store, feed.stream, feed.format, { etag: feed.etag, lastModified, text }, previous);
  return { text, lastModified };
}

async function readFeedStream(
  desk: Desk,
  { stream, label, cards, tombstones }: CurrentFeed,
): Promise<FeedStream> {
  const found = await Promise.all(cards.map(({ slug }) => findArticle(desk.store, slug)));
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
