import { createHash } from 'node:crypto';
import type { Article, Card } from '../article/article.ts';
import { isIri } from '../article/article.ts';
import { correctedAt, correctionsOf, correctionsStream } from '../article/corrections.ts';
import { nameAt } from '../article/picture.ts';
import { newsStream, streamsOf } from '../article/stream-name.ts';
import { truncate } from '../article/text.ts';
import type { Item, Key } from './item.ts';
import { keyOf } from './rows.ts';
import { oldSlugs, type StoredArticle, tombstoneDays } from './stored-article.ts';

const cardSummaryLength = 280;

/** All rows that an article calls for, besides its record. */
interface ArticleRows {
  /** Rows of this article alone: a write puts those that differ and deletes those that are no longer called for. */
  own: Item[];
  /** Claims its id for ever, so that no later article gets the same. */
  claim: Item;
  /** Rows of its streams. Other articles share them, and the earliest one counts. */
  streams: (Key & { label: string; since: string })[];
}

/** `chunks` is the packed body; without it the rows of the body have none. */
export function rowsOf(stored: StoredArticle, chunks: (Uint8Array | undefined)[] = []): ArticleRows {
  const {
    article,
    status,
    version,
    origin,
    fileHash,
    erasedAt,
    firstStoredAt,
    changed,
    dueAt,
    tombstone,
    bodyChunks,
    upstream,
  } = stored;
  const { slug, id, title, publishedAt, guid, bodyHash } = article;
  const streams = status === 'published' ? [...streamsOf(article)] : [];
  const shows = status === 'gone' ? undefined : shownBy(article);
  const listed = { slug, title, publishedAt, status, version, origin, fileHash, erasedAt, changed, shows };
  return {
    own: [
      { ...keyOf('listed', { time: firstStoredAt, slug }), ...listed },
      ...streams.map(([stream]) => {
        const card = stream === correctionsStream ? correctionOf(stored) : cardOf(stored);
        return { ...keyOf('card', { stream, time: card.publishedAt, slug }), ...card };
      }),
      ...oldSlugs(stored).map((alias) => ({ ...keyOf('article', { slug: alias }), movedTo: slug })),
      ...(guid && guid !== id ? [{ ...guidKey(guid, article.source?.name), slug }] : []),
      ...(upstream?.ids ?? []).map((hash) => ({ ...keyOf('guid', { hash }), slug })),
      ...(dueAt ? [{ ...keyOf('embargo', { time: dueAt, slug }), slug }] : []),
      ...(tombstone ? tombstonesOf(stored, tombstone) : []),
      ...Array.from({ length: bodyChunks }, (_, chunk) => ({
        ...keyOf('body', { slug, chunk }),
        bodyHash,
        chunk: chunks[chunk],
      })),
    ],
    claim: { ...guidKey(id), id },
    streams: streams
      .filter(([stream]) => stream !== newsStream)
      .map(([stream, label]) => ({
        ...keyOf('stream', { stream }),
        label,
        since: stream === correctionsStream ? correctionOf(stored).publishedAt : publishedAt,
        by: `${slug}#${version}`,
      })),
  };
}

function tombstonesOf(
  { article: { id, slug } }: StoredArticle,
  { when, ref, until, streams }: NonNullable<StoredArticle['tombstone']>,
): Item[] {
  const ttl = expiry(when);
  return streams.map((stream) => ({
    ...keyOf('tombstone', { stream, time: when, slug }),
    id,
    ref,
    when,
    until,
    ttl,
  }));
}

/** The names of the site's own pictures that it shows. */
function shownBy({ pictures }: Article): string[] | undefined {
  return pictures && [...new Set(Object.values(pictures).map(({ path }) => nameAt(path)))].sort();
}

/** The key that claims an identity: an IRI is the same everywhere, any other guid only within its source. */
export function guidKey(guid: string, source?: string) {
  const identity = JSON.stringify([isIri(guid) ? null : (source ?? null), guid]);
  return keyOf('guid', { hash: createHash('sha256').update(identity).digest('hex') });
}

export function cardOf({ article, version }: StoredArticle): Card {
  const {
    id,
    slug,
    title,
    summary,
    publishedAt,
    updatedAt,
    language,
    source,
    category,
    tags,
    image,
    pictures,
  } = article;
  const leadName = image?.url.replace('/media/', '') ?? '';
  const lead = pictures?.[leadName];
  return {
    id,
    slug,
    title,
    summary: truncate(summary, cardSummaryLength),
    publishedAt,
    updatedAt,
    language,
    category,
    tags,
    // Without what only the article's own page shows: a card is small.
    image: image && { ...image, caption: undefined, credit: undefined },
    ...(lead && { pictures: { [leadName]: lead } }),
    source: source && { name: source.name, url: source.url },
    hasOriginal: article.original === undefined ? undefined : true,
    version,
  };
}

/** The card in the stream of corrections: of the last one. */
function correctionOf(stored: StoredArticle): Card {
  const { article } = stored;
  const [last] = correctionsOf(article);
  return {
    ...cardOf(stored),
    publishedAt: correctedAt(article) ?? article.publishedAt,
    firstPublishedAt: article.publishedAt,
    summary: truncate(last?.text ?? '', cardSummaryLength),
  };
}

/** When DynamoDB may delete what was left at this time, in seconds since 1970. */
export function expiry(when: string): number {
  return Math.floor(Date.parse(when) / 1000) + tombstoneDays * 86_400;
}
