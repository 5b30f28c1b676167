import { isSlug } from '../article/article.ts';
import { guidKey } from './article-rows.ts';
import type { Store } from './connection.ts';
import { type Key, unpack } from './item.ts';
import { batchGet, batchGetAll, findItem, type Reading, readPartition } from './read-items.ts';
import { keyOf, partitionOf, partsOf } from './rows.ts';
import { isVisible, type Moved, type StoredArticle } from './stored-article.ts';
import { TakenError } from './transaction.ts';

/** The article changed during each of several reads; try again in a moment. */
export class UnsettledError extends Error {
  override name = 'UnsettledError';
}

/**
 * The article with its clean HTML ('' when it is removed), or where it moved; undefined when the slug was never used. Never older than
 * `knownVersion`. Throws UnsettledError.
 */
export async function findArticle(
  store: Store,
  slug: string,
  knownVersion = 0,
): Promise<(StoredArticle & { html: string }) | Moved | undefined> {
  // DynamoDB fails on a key of more than 2 KB.
  if (!isSlug(slug)) return undefined;
  for (const ConsistentRead of [false, true, true]) {
    const rows = await readPartition<ArticleRow>(store, partitionOf('article', { slug }), { ConsistentRead });
    const stored = rows.find(isRecord);
    const version = stored && 'version' in stored ? stored.version : 0;
    if (!ConsistentRead && version < knownVersion) continue;
    if (!stored || 'movedTo' in stored) return stored;
    // A query may see half of another's transaction; the hash tells which chunks belong to this record.
    const chunks = rows.filter(isChunk).filter(({ bodyHash }) => bodyHash === stored.article.bodyHash);
    if (chunks.length === stored.bodyChunks)
      return { ...stored, html: chunks.length > 0 ? unpack(chunks.map(({ chunk }) => chunk)) : '' };
  }
  throw new UnsettledError(`The article ${slug} changes faster than it can be read`);
}

type Chunk = { bodyHash: string; chunk: Uint8Array };
type ArticleRow = StoredArticle | Moved | Chunk;

function isRecord(row: ArticleRow & Key): row is (StoredArticle | Moved) & Key {
  return partsOf('article', row) !== undefined;
}

function isChunk(row: ArticleRow & Key): row is Chunk & Key {
  return 'chunk' in row;
}

/** The same without its text. */
export function findMeta(store: Store, slug: string): Promise<StoredArticle | Moved | undefined> {
  return findItem<StoredArticle | Moved>(store, keyOf('article', { slug }));
}

/** The record of each slug that has one, read consistently unless told otherwise. */
export async function readMetas(
  store: Store,
  slugs: string[],
  reading: Pick<Reading, 'ConsistentRead'> = {},
): Promise<Map<string, StoredArticle | Moved>> {
  const keys = [...new Set(slugs)].filter(isSlug).map((slug) => keyOf('article', { slug }));
  const items = await batchGetAll<StoredArticle | Moved>(store, keys, reading);
  return new Map(items.map(({ pk, sk, ...meta }) => [partsOf('article', { pk, sk })?.slug ?? '', meta]));
}

interface Sought {
  /** The last known address of each; without an id, any article there will do. */
  articles: { id?: string; slug: string }[];
  /** ISO 8601 in UTC with milliseconds. */
  now: string;
}

/** Those that are public now, in the order given. Follows renamed articles, and leaves out another article at an old address. */
export async function readVisible(
  store: Store,
  { articles, now }: Sought,
  reading: Pick<Reading, 'ConsistentRead'>,
): Promise<StoredArticle[]> {
  const slugs = articles.map(({ slug }) => slug);
  const metas = await readMetas(store, slugs, reading);
  const moved = [...metas.values()].flatMap((meta) => ('movedTo' in meta ? [meta.movedTo] : []));
  const targets = await readMetas(store, moved, reading);
  const resolve = (meta: StoredArticle | Moved | undefined) =>
    meta && 'movedTo' in meta ? targets.get(meta.movedTo) : meta;
  return articles.flatMap(({ id, slug }) => {
    const found = resolve(metas.get(slug));
    if (!found || !('article' in found) || !isVisible(found, now)) return [];
    return id === undefined || found.article.id === id ? [found] : [];
  });
}

export interface Replaced {
  /** The article that stands at the address, or the one that is renamed by naming its address among `aliases`; undefined for a new one. */
  current: StoredArticle | undefined;
  /** Other articles, of which the write takes old addresses that they name no more. */
  yielding: StoredArticle[];
}

/** What a write to this address replaces. Throws TakenError when an address is another article's. */
export async function findReplaced(store: Store, slug: string, aliases: string[]): Promise<Replaced> {
  const metas = await readMetas(store, [slug, ...aliases]);
  const own = metas.get(slug);
  const [renamed, second] = aliases.flatMap((alias) => {
    const meta = metas.get(alias);
    return meta && !('movedTo' in meta) ? [meta] : [];
  });
  const taken = ({ article }: StoredArticle) =>
    new TakenError('/aliases', `${article.slug} is the address of another article`);
  if (second) throw taken(second);
  const yielding = await findYielding(store, metas, [slug, renamed?.article.slug ?? '']);
  if (!own) return { current: renamed, yielding };
  if ('movedTo' in own) {
    const isFree = [renamed, ...yielding].some((other) => other?.article.slug === own.movedTo);
    if (isFree) return { current: renamed, yielding };
    throw new TakenError('/slug', `is an old address of ${own.movedTo}`);
  }
  if (renamed) throw taken(renamed);
  return { current: own, yielding };
}

async function findYielding(
  store: Store,
  asked: Map<string, StoredArticle | Moved>,
  own: string[],
): Promise<StoredArticle[]> {
  const moved = [...asked].flatMap(([slug, meta]) => ('movedTo' in meta ? [{ slug, to: meta.movedTo }] : []));
  const owners = moved.map(({ to }) => to).filter((slug) => !own.includes(slug));
  return [...(await readMetas(store, owners)).values()].flatMap((owner) => {
    if ('movedTo' in owner) return [];
    const lost = moved.filter(({ to }) => to === owner.article.slug);
    return lost.every(({ slug }) => owner.formerSlugs?.includes(slug)) ? [owner] : [];
  });
}

/** Whether any article has, or had, this id. */
export async function isIdClaimed(store: Store, id: string): Promise<boolean> {
  return (await batchGet(store, [guidKey(id)])).length > 0;
}

/** The slug of the article that has this identity from elsewhere. */
export async function findSlugByGuid(
  store: Store,
  guid: string,
  source: string | undefined,
): Promise<string | undefined> {
  const [row] = await batchGet<{ slug?: string }>(store, [guidKey(guid, source)]);
  return row?.slug;
}

/** The article that came with each of these identities of upstream, read consistently. */
export async function findUpstream(store: Store, ids: string[]): Promise<Map<string, StoredArticle>> {
  const keys = [...new Set(ids)].map((hash) => keyOf('guid', { hash }));
  const rows = await batchGetAll<{ slug?: string }>(store, keys);
  const metas = await readMetas(
    store,
    rows.flatMap(({ slug }) => slug ?? []),
  );
  return new Map(
    rows.flatMap(({ pk, sk, slug = '' }) => {
      const meta = metas.get(slug);
      return meta && !('movedTo' in meta) ? [[partsOf('guid', { pk, sk })?.hash ?? '', meta]] : [];
    }),
  );
}
