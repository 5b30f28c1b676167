import type { Store } from './connection.ts';
import { readPartition, readRowPage } from './read-items.ts';
import { partitionOf } from './rows.ts';
import type { StoredArticle } from './stored-article.ts';

export interface Listed
  extends Pick<StoredArticle, 'status' | 'version' | 'origin' | 'fileHash' | 'erasedAt' | 'changed'> {
  slug: string;
  title: string;
  publishedAt: string;
}

export type ListedRow = Listed & { pk: string; sk: string };

/** Every article ever stored, drafts and removed ones included, in the order in which they were first stored. */
export function readListing(store: Store): Promise<Listed[]> {
  return readPartition<Listed>(store, partitionOf('listed', {}), { ConsistentRead: true });
}

/** One page of the same, newest first. */
export function readListingPage(store: Store, page: { limit: number; after: string | undefined }) {
  return readRowPage<Listed>(store, partitionOf('listed', {}), { ...page, isNewestFirst: true });
}
