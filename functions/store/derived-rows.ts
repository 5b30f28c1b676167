import { createHash } from 'node:crypto';
import type { Card } from '../article/article.ts';
import { subscriberId } from '../article/iri.ts';
import { streamsOf } from '../article/stream-name.ts';
import { firstCharacters } from '../article/text.ts';
import type { Item } from './item.ts';
import { type StoredArticle, tombstoneDays } from './stored-article.ts';
import { contentKey } from './table.ts';

const cardSummaryLength = 280;

/** Every row that follows from an article alone, so that a write is the difference of two such lists. */
export function derivedRows(stored: StoredArticle): Item[] {
  const { article, status, version, origin, fileHash, firstStoredAt, dueAt, tombstone } = stored;
  const { slug, id } = article;
  const streams = status === 'published' ? [...streamsOf(article).keys()] : [];
  return [
    { ...contentKey.listed(firstStoredAt, slug), slug, status, version, origin, fileHash },
    ...streams.map((stream) => ({
      ...contentKey.card(stream, article.publishedAt, slug),
      ...cardOf(stored),
    })),
    ...article.aliases.map((alias) => ({ ...contentKey.article(alias), movedTo: slug })),
    ...(article.guid ? [{ ...contentKey.guid(guidHash(article.source?.name, article.guid)), slug }] : []),
    ...(dueAt ? [{ ...contentKey.due(dueAt, `EMBARGO#${slug}`), slug }] : []),
    ...(tombstone?.streams ?? []).map((stream) => ({
      ...contentKey.tombstone(stream, tombstone?.when ?? '', slug),
      id,
      ref: subscriberId(article),
      when: tombstone?.when,
      until: tombstone?.until,
      ttl: expiry(tombstone?.when ?? ''),
    })),
  ];
}

/** The same upstream item never becomes two articles: its source and guid name one row. */
export function guidHash(source: string | undefined, guid: string): string {
  return createHash('sha256')
    .update(JSON.stringify([source ?? null, guid]))
    .digest('hex');
}

function cardOf({ article, version }: StoredArticle): Card {
  const { id, slug, title, summary, publishedAt, updatedAt, language, source, category, tags, image } =
    article;
  return {
    ...{ id, slug, title, publishedAt, updatedAt, language, category, tags, image, version },
    summary: firstCharacters(summary, cardSummaryLength),
    source: source && { name: source.name, url: source.url },
  };
}

function expiry(when: string): number {
  return Math.floor(Date.parse(when) / 1000) + tombstoneDays * 86_400;
}
