import type { Redirect } from '../article/old-path.ts';
import type { Store } from './connection.ts';
import { toAttributes } from './item.ts';
import { batchGet, batchGetAll, type Reading, readRowPage } from './read-items.ts';
import { keyOf, partitionOf, partsOf } from './rows.ts';
import { commit } from './transaction.ts';

type RedirectRow = { to: string };

/** Those of the old paths (at most 100) that lead somewhere, by the path. What was stored a second ago may be missing. */
export async function findRedirects(store: Store, paths: string[]): Promise<Map<string, Redirect>> {
  return read(store, paths, { ConsistentRead: false });
}

/** The same for any number of paths, read consistently. */
export function readRedirects(store: Store, paths: string[]): Promise<Map<string, Redirect>> {
  return read(store, [...new Set(paths)]);
}

async function read(store: Store, paths: string[], reading?: Reading): Promise<Map<string, Redirect>> {
  const keys = paths.map((from) => keyOf('redirect', { from }));
  const rows = await batchGetAll<RedirectRow>(store, keys, reading);
  return new Map(
    rows.map(({ pk, sk, to }) => {
      const { from = '' } = partsOf('redirect', { pk, sk }) ?? {};
      return [from, { from, to }];
    }),
  );
}

/** One page of all stored redirects, by their old paths. `after` is an old path: the `next` of the page before. */
export async function readRedirectPage(store: Store, page: { limit: number; after: string | undefined }) {
  const { rows, next } = await readRowPage<RedirectRow>(store, partitionOf('redirect', {}), page);
  return { redirects: rows.map(({ sk: from, to }): Redirect => ({ from, to })), next };
}

/** Stores all of them (at most 100), or none. Those that are there already are not written again. */
export async function keepRedirects(store: Store, redirects: Redirect[]): Promise<void> {
  const keys = redirects.map(({ from }) => keyOf('redirect', { from }));
  await commit(store, async () => {
    const rows = await batchGet<RedirectRow>(store, keys);
    const known = new Map(rows.map(({ sk, to }) => [sk, to]));
    const writes = redirects
      .filter(({ from, to }) => known.get(from) !== to)
      .map(({ from, to }) => ({
        Put: { TableName: store.content, Item: toAttributes({ ...keyOf('redirect', { from }), to }) },
      }));
    const plan = writes.length > 0 ? { writes, claims: new Map(), bytes: 0 } : undefined;
    return { plan, result: undefined };
  });
}

/** Removes those of the old paths (at most 100) that are stored. */
export async function dropRedirects(store: Store, paths: string[]): Promise<void> {
  const writes = [...new Set(paths)].map((from) => ({
    Delete: { TableName: store.content, Key: toAttributes(keyOf('redirect', { from })) },
  }));
  await commit(store, async () => ({ plan: { writes, claims: new Map(), bytes: 0 }, result: undefined }));
}
