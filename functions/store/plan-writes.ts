import { isDeepStrictEqual } from 'node:util';
import { subscriberId } from '../article/article.ts';
import type { WrittenBody } from '../article/render-body.ts';
import { guidKey, rowsOf } from './article-rows.ts';
import { addChanges } from './changes.ts';
import type { Store } from './connection.ts';
import { counterWrites, findFormerCounter } from './counter-expiry.ts';
import { type Item, type Key, pack, toAttributes } from './item.ts';
import { endPreview } from './preview-key.ts';
import { keyOf, partsOf } from './rows.ts';
import {
  formerSlugsOf,
  isDeleted,
  type StoredArticle,
  type Tombstone,
  withVisibility,
} from './stored-article.ts';
import { planStreams } from './streams.ts';
import { type Plan, sameVersion, yieldSlugs } from './transaction.ts';
import { type Hand, planVersions } from './versions.ts';

export interface Change {
  /** The article that the write replaces; undefined for a new one. */
  current: StoredArticle | undefined;
  /** Its `startingViews` are ignored if the article has taken some before. */
  next: Omit<
    StoredArticle,
    | 'version'
    | 'changed'
    | 'bodyChunks'
    | 'versionChunks'
    | 'formerSlugs'
    | 'dueAt'
    | 'tombstone'
    | 'erasedAt'
  >;
  /** Other articles, of which it takes old addresses. */
  yielding?: StoredArticle[];
  /** The clean body; undefined for a removed article. */
  html: string | undefined;
  /** The body as it was put; undefined for a removed article. */
  body: WrittenBody | undefined;
  hand: Hand;
  /** Of a removed article that another stage had. */
  left?: Tombstone | undefined;
  /** ISO 8601 in UTC with milliseconds. */
  now: string;
}

/**
 * One transaction that turns the current article into the next, and the article as it will be stored. The record comes first, on
 * condition that its version is still the current one, then every row that follows from it.
 */
export async function planWrites(
  store: Store,
  { current, next, yielding = [], html, body, hand, left, now }: Change,
): Promise<{ plan: Plan; stored: StoredArticle }> {
  const { article } = next;
  const sameId = current?.article.id === article.id;
  const returns = isDeleted(current) && next.status !== 'gone' && sameId;
  const formerCounter = returns ? await findFormerCounter(store, article.id, now) : undefined;
  const takenViews = sameId && !formerCounter?.isOver ? current.startingViews : undefined;
  // A new article at a deleted one's address keeps the tombstone, unless subscribers know both by the same guid.
  const sameEntry = sameId || current?.tombstone?.ref === subscriberId(article);
  const before = current && { ...current, tombstone: sameEntry ? current.tombstone : undefined };
  const chunks = html === undefined ? [] : keepsBody(current, next) ? undefined : pack(html);
  const revised = withVisibility(
    {
      ...next,
      // Texts of an article that gives up this address stay under it, with numbers up to its own.
      version: Math.max(0, ...[current, ...yielding].map((former) => former?.version ?? 0)) + 1,
      startingViews: takenViews ?? next.startingViews,
      bodyChunks: chunks?.length ?? current?.bodyChunks ?? 0,
      changed: { when: now, who: hand.who },
      formerSlugs: sameId ? formerSlugsOf(current, article) : undefined,
    },
    before,
    now,
  );
  const kept = await planVersions(store, { current, next: revised, body, hand, now });
  const stored = { ...revised, ...(left && { tombstone: left }), versionChunks: kept.chunks || undefined };
  const plan = planRows(store, {
    before,
    after: stored,
    chunks,
    yielding,
    retiredId: current?.tombstone?.ref,
  });
  plan.writes.push(...yielding.map((owner) => yieldSlugs(store, owner, article)));
  // What readers saw elsewhere was in streams, which are empty here.
  const seen = left ? { ...stored, status: 'published' as const } : stored;
  const streams = await planStreams(store, { before: current, after: seen, now });
  plan.writes.push(...streams.joined);
  plan.last = streams.left;
  const addedViews = takenViews === undefined ? (stored.startingViews ?? 0) : 0;
  plan.writes.push(...counterWrites(store, article.id, addedViews, formerCounter));
  plan.first = [
    ...kept.rows.map((row) => ({ Put: { TableName: store.content, Item: toAttributes(row) } })),
    ...kept.expiring,
  ];
  plan.bytes += kept.rows.reduce((sum, row) => sum + byteSize(row), 0);
  plan.writes.push(...endPreview(store, { before: current, after: stored, now }));
  addChanges(store, plan, { before: current, after: stored, now });
  return { plan, stored };
}

function keepsBody(current: StoredArticle | undefined, { article }: Change['next']): boolean {
  if (!current || current.status === 'gone') return false;
  return current.article.bodyHash === article.bodyHash && current.article.slug === article.slug;
}

interface RowChange {
  before: StoredArticle | undefined;
  after: StoredArticle;
  chunks: Uint8Array[] | undefined;
  yielding?: StoredArticle[];
  /** The id under which subscribers know an article that they can see no longer. */
  retiredId: string | undefined;
}

/** What turns the rows of the one into those of the other; the record comes first. */
export function planRows(
  store: Store,
  { before, after, chunks, yielding = [], retiredId: id }: RowChange,
): Plan {
  const plan: Plan = { writes: [], claims: new Map(), bytes: 0 };
  const TableName = store.content;
  const put = (item: Item, condition: object = {}) => {
    plan.bytes += byteSize(item);
    plan.writes.push({ Put: { TableName, Item: toAttributes(item), ...condition } });
  };
  const { slug } = after.article;
  const oldSlug = before?.article.slug;
  const record = { ...keyOf('article', { slug }), ...after };
  const others = yielding.map(({ article }) => article.slug);
  put(record, oldSlug === slug ? sameVersion(before) : freeOr('movedTo', oldSlug, ...others));

  const rows = rowsOf(after, chunks);
  const { puts, drops } = difference(before ? rowsOf(before).own : [], [...rows.own, record]);
  for (const row of puts.filter((row) => row !== record)) {
    const claim = claimOf(row);
    // A rename turns the old record into an alias. It is not another article's, but may have changed meanwhile.
    const isOldRecord = oldSlug !== undefined && partsOf('article', row)?.slug === oldSlug;
    if (claim && !isOldRecord) plan.claims.set(plan.writes.length, claim);
    put(row, isOldRecord ? sameVersion(before) : claim && freeOr(claim.owner, slug, oldSlug, ...others));
  }
  // If another writer claims the id first, the next plan finds it taken.
  if (after.article.id !== before?.article.id) put(rows.claim, freeOr('slug'));
  // A guid that subscribers know stays claimed, like an id, when its article gives it up.
  const retired = id === undefined ? undefined : { ...guidKey(id), id };
  for (const row of drops) {
    if (row.pk === retired?.pk) put(retired);
    else plan.writes.push({ Delete: { TableName, Key: toAttributes({ pk: row.pk, sk: row.sk }) } });
  }
  return plan;
}

/** The changes that turn one list of rows into the other. */
export function difference(before: Item[], after: Item[]): { puts: Item[]; drops: Item[] } {
  const textOf = ({ pk, sk }: Key) => `${pk}\n${sk}`;
  const old = new Map(before.map((row) => [textOf(row), row]));
  const kept = new Set(after.map(textOf));
  return {
    puts: after.filter((row) => !isDeepStrictEqual(row, old.get(textOf(row)))),
    drops: before.filter((row) => !kept.has(textOf(row))),
  };
}

// An alias or a guid must not be taken from another article.
function claimOf(row: Item) {
  const alias = 'movedTo' in row && partsOf('article', row)?.slug;
  if (alias)
    return {
      owner: 'movedTo',
      pointer: '/aliases',
      message: `${alias} is the address of another article`,
    };
  if (partsOf('guid', row)) return { owner: 'slug', pointer: '/guid', message: 'belongs to another article' };
  return undefined;
}

function freeOr(owner: string, ...slugs: (string | undefined)[]) {
  const names = [...new Set(slugs)].filter((slug) => slug !== undefined);
  if (names.length === 0) return { ConditionExpression: 'attribute_not_exists(pk)' };
  const values = Object.fromEntries(names.map((slug, index) => [`:slug${index}`, slug]));
  return {
    ConditionExpression: `attribute_not_exists(pk) OR #owner IN (${Object.keys(values).join(', ')})`,
    ExpressionAttributeNames: { '#owner': owner },
    ExpressionAttributeValues: toAttributes(values),
  };
}

function byteSize(item: Item): number {
  const { chunk, ...rest } = item;
  return Buffer.byteLength(JSON.stringify(rest)) + (chunk instanceof Uint8Array ? chunk.length : 0);
}
