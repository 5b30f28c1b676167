import { createHash } from 'node:crypto';
import { type Card, isIri } from '../article/article.ts';
import { streamsOf } from '../article/stream-name.ts';
import { truncate } from '../article/text.ts';
import type { Item } from './item.ts';
import { contentKey } from './rows.ts';
import { type StoredArticle, tombstoneDays } from './stored-article.ts';

const cardSummaryLength = 280;

/** Every row that follows from an article alone, so that a write is the difference of two such lists. */
export function derivedRows(stored: StoredArticle): Item[] {
  const { article, status, version, origin, fileHash, firstStoredAt, dueAt, tombstone } = stored;
  const { slug, id, title, publishedAt, guid } = article;
  const streams = status === 'published' ? [...streamsOf(article).keys()] : [];
  return [
    {
      ...contentKey.listed(firstStoredAt, slug),
      slug,
      title,
      publishedAt,
      status,
      version,
      origin,
      fileHash,
    },
    ...streams.map((stream) => ({ ...contentKey.card(stream, publishedAt, slug), ...cardOf(stored) })),
    ...article.aliases.map((alias) => ({ ...contentKey.article(alias), movedTo: slug })),
    // Its own id is claimed once and for ever, beside these rows.
    ...(guid && guid !== id ? [{ ...contentKey.guid(guidHash(guid, article.source?.name)), slug }] : []),
    ...(dueAt ? [{ ...contentKey.due(dueAt, `EMBARGO#${slug}`), slug }] : []),
    ...(tombstone?.streams ?? []).map((stream) => ({
      ...contentKey.tombstone(stream, tombstone?.when ?? '', slug),
      id,
      ref: tombstone?.ref,
      when: tombstone?.when,
      until: tombstone?.until,
      ttl: expiry(tombstone?.when ?? ''),
    })),
  ];
}

/** What one row is kept for: an IRI is one identity wherever it comes from, any other guid only within its source. */
export function guidHash(guid: string, source?: string): string {
  return createHash('sha256')
    .update(JSON.stringify([isIri(guid) ? null : (source ?? null), guid]))
    .digest('hex');
}

export function cardOf({ article, version }: StoredArticle): Card {
  const { id, slug, title, summary, publishedAt, updatedAt, language, source, category, tags, image } =
    article;
  return {
    ...{ id, slug, title, publishedAt, updatedAt, language, category, tags, image, version },
    summary: truncate(summary, cardSummaryLength),
    source: source && { name: source.name, url: source.url },
  };
}

/** When what was left at this time may go, in seconds. */
export function expiry(when: string): number {
  return Math.floor(Date.parse(when) / 1000) + tombstoneDays * 86_400;
}
