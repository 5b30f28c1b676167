import type {
  FormerJson,
  ListedJson,
  SavedJson,
  SourceJson,
  StatsJson,
  StoredJson,
  VersionJson,
} from '../api/answers.ts';
import { articlePath } from '../article/addresses.ts';
import { dayOf, daysBefore } from '../article/calendar.ts';
import { givenFields } from '../article/conflicts.ts';
import type { WrittenBody } from '../article/render-body.ts';
import { keptDays, readCounts } from '../store/counter.ts';
import type { ListedRow } from '../store/listing.ts';
import { readMetas } from '../store/read-article.ts';
import { partsOf } from '../store/rows.ts';
import { readSources, type SourceState } from '../store/sources.ts';
import type { StoredArticle } from '../store/stored-article.ts';
import { readSubscriptions, type Subscription } from '../store/subscriptions.ts';
import type { Version } from '../store/versions.ts';
import type { WriteBackend } from './backend.ts';
import type { Saved } from './write-article.ts';

/** The answer to a write. */
export function describeSaved({ outcome, stored, removed = [] }: Saved, baseUrl: string): SavedJson {
  return { outcome, ...describe(stored, baseUrl), ...(removed.length > 0 && { removed }) };
}

/** The stored article. `article` can be sent back by PUT: it omits derived fields, and the body of a removed article. */
export function describeArticle(stored: StoredArticle, body: WrittenBody, baseUrl: string): StoredJson {
  const text = stored.status === 'gone' ? {} : body;
  const { reason, tombstone, formerSlugs } = stored;
  const known = { reason, leftAt: tombstone?.when, formerSlugs };
  return { ...describe(stored, baseUrl), ...known, article: { ...givenFields(stored), ...text } };
}

/** A former text, without its body. */
export function describeVersion({ n, article, when, who, way, replaced }: Version): VersionJson {
  return {
    n,
    title: article.title,
    when: when ?? null,
    who: who ?? null,
    way,
    replaced: { when: replaced?.when ?? null, who: replaced?.who ?? null, way: replaced?.way ?? null },
  };
}

/** A former text whole. `article` can be sent back by PUT. */
export function describeFormer(version: Version, body: WrittenBody): FormerJson {
  return { ...describeVersion(version), article: { ...givenFields(version), ...body } };
}

/** How the followed sources are. */
export async function describeSources({ store }: WriteBackend): Promise<{ items: SourceJson[] }> {
  const [states, subscriptions] = await Promise.all([readSources(store), readSubscriptions(store)]);
  const items = [...states.values()].map((state) => describeSource(state, subscriptions.get(state.name)));
  return { items };
}

function describeSource(state: SourceState, subscription: Subscription | undefined): SourceJson {
  const { name, feed, address, followedSince, lastTry, failures, leftOut, taken, waiting } = state;
  const { movedTo = null, lastSuccess = null, nextTry = null, wrong = null } = state;
  const push = subscription ? describePush(subscription) : null;
  return {
    ...{ name, feed, address, movedTo, followedSince, lastTry, lastSuccess, nextTry },
    ...{ failures, wrong, leftOut, takenToday: taken, waiting, push },
  };
}

/** Without what the hub alone may know. */
function describePush(subscription: Subscription): SourceJson['push'] {
  const { hub, until = null, toldAt = null, wrong = null } = subscription;
  return { hub, until, toldAt, wrong };
}

/** One row of the list of all articles. */
export function describeListed(row: ListedRow): ListedJson {
  const { slug, title, status, version, origin, publishedAt, fileHash = null, erasedAt, changed } = row;
  const firstStoredAt = partsOf('listed', row)?.time ?? '';
  return {
    slug,
    title,
    status,
    version,
    origin,
    publishedAt,
    firstStoredAt,
    fileHash,
    erasedAt,
    changedAt: changed?.when ?? null,
    changedBy: changed?.who ?? null,
  };
}

function describe({ article, status, version, origin }: StoredArticle, baseUrl: string) {
  const { slug, id, publishedAt, updatedAt } = article;
  return { slug, url: baseUrl + articlePath(slug), id, status, version, origin, publishedAt, updatedAt };
}

/** The views of one page of the list of all articles. */
export async function describeViews(
  { store, timeZone, now }: WriteBackend,
  rows: ListedRow[],
): Promise<Omit<StatsJson, 'next'>> {
  const today = dayOf(now(), timeZone);
  const first = daysBefore(today, keptDays - 1);
  const metas = await readMetas(
    store,
    rows.map(({ slug }) => slug),
  );
  const ids = new Map(
    [...metas].flatMap(([slug, meta]) => ('article' in meta ? [[slug, meta.article.id]] : [])),
  );
  const counts = await readCounts(store, [...ids.values()]);
  const items = rows.map(({ slug, title, status }) => {
    const { total = 0, days = new Map<string, number>() } = counts.get(ids.get(slug) ?? '') ?? {};
    const kept = [...days].filter(([day]) => day >= first && day <= today).sort();
    return { slug, title, status, views: total, days: Object.fromEntries(kept) };
  });
  return { today, items };
}
