import type { Store } from './connection.ts';
import { pack, toAttributes, unpack } from './item.ts';
import { batchGet, findItem, type Reading } from './read-items.ts';
import { keyOf } from './rows.ts';
import { putRow } from './transaction.ts';

/** A list that public answers are made from: kept, so that none of them reads more the larger the site is. */
export interface Directory<Content> {
  content: Content;
  /** Grows by one each time it is kept. */
  revision: number;
}

/** The names of the rows that the directories are kept in. */
export const directoryNames = {
  streams: 'streams',
  months: (stream: string) => `months ${stream}`,
  sitemap: 'sitemap',
  monthSitemap: (month: string, row: number) => `sitemap ${month} ${row}`,
  newsSitemap: 'newsSitemap',
  mostRead: 'mostRead',
};

interface DirectoryRow {
  revision: number;
  packed: Uint8Array;
}

/** Undefined for a list that was never kept. Up to a second old unless it is read consistently. */
export async function findDirectory<Content>(
  store: Store,
  list: string,
  reading: Pick<Reading, 'ConsistentRead'> = { ConsistentRead: false },
): Promise<Directory<Content> | undefined> {
  const row = await findItem<DirectoryRow>(store, keyOf('directory', { list }), reading);
  return row && contentOf(row);
}

function contentOf<Content>({ revision, packed }: DirectoryRow): Directory<Content> {
  return { revision, content: JSON.parse(unpack([packed])) };
}

/**
 * Keeps the list in place of the previous one; writes nothing when they are the same. False if another process has kept one since: then
 * nobody knows which of them is newer. Throws a RangeError for a list of more than a row, 350 KB when packed.
 */
export async function keepDirectory<Content>(
  store: Store,
  list: string,
  content: Content,
  previous: Directory<Content> | undefined,
): Promise<boolean> {
  const text = JSON.stringify(content);
  if (previous && text === JSON.stringify(previous.content)) return true;
  const [packed, ...more] = pack(text);
  if (more.length > 0) throw new RangeError(`The list ${list} is too long for a row`);
  const { revision = 0 } = previous ?? {};
  const condition = previous
    ? {
        ConditionExpression: 'revision = :revision',
        ExpressionAttributeValues: toAttributes({ ':revision': revision }),
      }
    : { ConditionExpression: 'attribute_not_exists(pk)' };
  return putRow(store, { ...keyOf('directory', { list }), revision: revision + 1, packed }, condition);
}

/** Changes a list that is kept, after whatever other processes make of it meanwhile. */
export async function reviseDirectory<Content>(
  store: Store,
  list: string,
  revise: (content: Content) => Content,
): Promise<void> {
  for (let isKept = false; !isKept; ) {
    const [row] = await batchGet<DirectoryRow>(store, [keyOf('directory', { list })]);
    if (!row) return;
    const previous = contentOf<Content>(row);
    isKept = await keepDirectory(store, list, revise(previous.content), previous);
  }
}
