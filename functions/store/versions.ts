import type { TransactWriteItem } from '@aws-sdk/client-dynamodb';
import type { Article } from '../article/article.ts';
import type { WrittenBody } from '../article/render-body.ts';
import { expiry } from './article-rows.ts';
import type { Store } from './connection.ts';
import { type Item, type Key, pack, toAttributes, unpack } from './item.ts';
import { findArticle } from './read-article.ts';
import { batchGet, readPartition } from './read-items.ts';
import { keyOf, partitionOf, partsOf } from './rows.ts';
import { oldSlugs, type StoredArticle } from './stored-article.ts';

/** Who wrote, and by which way. */
export interface Hand {
  /** As API Gateway names the caller; unknown for texts that were stored before versions were kept. */
  who?: string | undefined;
  way: 'file' | 'api' | 'feed';
}

/** How what is stored came here. */
export function wayOf(origin: StoredArticle['origin']): Hand['way'] {
  return ({ content: 'file', api: 'api', pull: 'feed' } as const)[origin];
}

/** A text as it was put. */
export interface Version extends Hand {
  n: number;
  article: Article;
  status: StoredArticle['status'];
  derived: StoredArticle['derived'];
  /** When it was stored, ISO 8601 in UTC with milliseconds; unknown as `who` is. */
  when?: string | undefined;
  /** How another text, a new address (`movedTo`) or a deletion took its place; absent for the present text. */
  replaced?: (Hand & { when: string; movedTo?: string | undefined }) | undefined;
}

type Form = keyof WrittenBody;
interface Head extends Omit<Version, 'n'> {
  form: Form;
  chunks: number;
  chunk: Uint8Array;
  ttl?: number;
}

const forms: Form[] = ['markdown', 'html', 'text'];

/** The rows of a version: the first holds its description too. Each stays below 400 KB. */
function rowsOf(head: Omit<Version, 'n'>, n: number, body: WrittenBody, ttl?: number): Item[] {
  const form = forms.find((name) => body[name] !== undefined) ?? 'html';
  const chunks = pack(body[form] ?? '');
  const { slug } = head.article;
  return chunks.map((chunk, index) => ({
    ...versionKey(slug, n, index),
    ...(index === 0 && { ...head, form, chunks: chunks.length }),
    chunk,
    ttl,
  }));
}

function versionKey(slug: string, n: number, chunk = 0) {
  return chunk === 0 ? keyOf('version', { slug, n }) : keyOf('versionPart', { slug, n, chunk });
}

export interface Replacement {
  current: StoredArticle | undefined;
  next: StoredArticle;
  /** As the next text was written; undefined for a deletion. */
  body: WrittenBody | undefined;
  hand: Hand;
  now: string;
}

/** The rows that keep the next text as it was written, and the writes that let the present one expire in 90 days. */
export async function planVersions(
  store: Store,
  { current, next, body, hand, now }: Replacement,
): Promise<{ rows: Item[]; expiring: TransactWriteItem[]; chunks: number }> {
  const { article, status, derived } = next;
  const own = body ? rowsOf({ article, status, derived, ...hand, when: now }, next.version, body) : [];
  const chunks = own.length;
  if (!current || current.status === 'gone') return { rows: own, expiring: [], chunks };
  const { slug } = current.article;
  const replaced = { ...hand, when: now, movedTo: slug === article.slug ? undefined : article.slug };
  const ttl = expiry(now);
  if (current.versionChunks)
    return {
      chunks,
      rows: own,
      expiring: Array.from({ length: current.versionChunks }, (_, chunk) => ({
        Update: {
          TableName: store.content,
          Key: toAttributes(versionKey(slug, current.version, chunk)),
          UpdateExpression: chunk === 0 ? 'SET #ttl = :ttl, replaced = :replaced' : 'SET #ttl = :ttl',
          ExpressionAttributeNames: { '#ttl': 'ttl' },
          ExpressionAttributeValues: toAttributes({
            ':ttl': ttl,
            ...(chunk === 0 && { ':replaced': replaced }),
          }),
        },
      })),
    };
  // It was stored before versions were kept: nobody knows who wrote it, nor in which form.
  const found = await findArticle(store, slug, current.version);
  if (!found || 'movedTo' in found || found.version !== current.version)
    return { rows: own, expiring: [], chunks };
  const former = {
    article: current.article,
    status: current.status,
    derived: current.derived,
    way: wayOf(current.origin),
    replaced,
  };
  return {
    rows: [...own, ...rowsOf(former, current.version, { html: found.html }, ttl)],
    expiring: [],
    chunks,
  };
}

/**
 * Where the texts of an article are kept, the present one included: at any address that it has had, even if that is another article's now.
 * At its own address also those of articles that were deleted there before it.
 */
export async function findTexts(store: Store, stored: StoredArticle): Promise<(Head & { n: number })[]> {
  const { id, slug } = stored.article;
  const texts: (Head & { n: number })[] = [];
  const addresses = new Set([slug, ...oldSlugs(stored)]);
  // A set goes on with what is added on the way: a text tells the addresses that the article had then.
  for (const address of addresses) {
    const rows = await readPartition<Head>(store, partitionOf('version', { slug: address }), {
      ConsistentRead: true,
    });
    const heads = rows.filter(({ chunks }) => chunks).map((head) => ({ ...head, n: Number(head.sk) }));
    heads.sort((a, b) => a.n - b.n);
    // The last text that an article had here decides.
    const movedOn = new Map(heads.map(({ article, replaced }) => [article.id, replaced?.movedTo]));
    for (const head of heads) {
      const { article, n } = head;
      const wasDeletedHere = address === slug && n <= stored.version && !movedOn.get(article.id);
      if (article.id !== id && !wasDeletedHere) continue;
      texts.push(head);
      for (const other of [article.slug, ...article.aliases]) addresses.add(other);
    }
  }
  return texts;
}

/** The former texts of an article, newest first. Expired ones are gone, whatever the table holds. */
export async function readVersions(store: Store, stored: StoredArticle, now: string): Promise<Version[]> {
  const texts = await findTexts(store, stored);
  return texts
    .filter(({ n, ttl = 0 }) => n < stored.version && ttl * 1000 > Date.parse(now))
    .sort((a, b) => b.n - a.n);
}

/** The keys of a text's rows. By the first the others are found, so it comes last. */
export function keysOfText({ article: { slug }, n, chunks }: Head & { n: number }): Key[] {
  return Array.from({ length: chunks }, (_, index) => versionKey(slug, n, chunks - 1 - index));
}

/** The text as it was put, in its form; undefined if this version is not kept. */
export async function readWritten(store: Store, slug: string, n: number): Promise<WrittenBody | undefined> {
  const [head] = await batchGet<Head>(store, [versionKey(slug, n)]);
  if (!head) return undefined;
  const keys = Array.from({ length: head.chunks - 1 }, (_, index) => versionKey(slug, n, index + 1));
  const parts = keys.length > 0 ? await batchGet<{ chunk: Uint8Array }>(store, keys) : [];
  const chunkOf = (part: (typeof parts)[number]) => Number(partsOf('versionPart', part)?.chunk);
  parts.sort((a, b) => chunkOf(a) - chunkOf(b));
  if (parts.length !== keys.length) return undefined;
  return { [head.form]: unpack([head.chunk, ...parts.map(({ chunk }) => chunk)]) };
}
