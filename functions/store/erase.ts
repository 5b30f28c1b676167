import { isDeepStrictEqual } from 'node:util';
import { feedFormatNames } from '../article/addresses.ts';
import { type Article, bodyHashOf } from '../article/article.ts';
import { newsStream, streamsOf } from '../article/stream-name.ts';
import type { Change } from './changes.ts';
import type { Store } from './connection.ts';
import { directoryNames, reviseDirectory } from './directories.ts';
import { fromAttributes, type Key, toAttributes } from './item.ts';
import { readPartition } from './read-items.ts';
import { keyOf, partitionOf, partsOf } from './rows.ts';
import type { StoredArticle } from './stored-article.ts';
import { emptyDocument } from './stored-feed.ts';
import { findBeginning } from './streams.ts';
import { putRow, removeRow, unchanged } from './transaction.ts';
import { findTexts, keysOfText } from './versions.ts';

const consistently = { ConsistentRead: true };

/** What tells of a deleted article beside its record. */
export interface Remains {
  /** The streams it was in, as far back as texts are kept: what feeds of other streams held has expired with their texts. */
  streams: string[];
  /** Those in which no other article is, or has left a tombstone. */
  ownStreams: string[];
  /** The rows of its texts. */
  versions: Key[];
}

export async function findRemains(store: Store, stored: StoredArticle): Promise<Remains> {
  const { article, tombstone } = stored;
  const texts = await findTexts(store, stored);
  const told = [article, ...texts.map((text) => text.article)].flatMap((text) => [...streamsOf(text).keys()]);
  const streams = new Set([...told, ...(tombstone?.streams ?? [])]);
  const ownStreams: string[] = [];
  for (const stream of streams) if (await isAlone(store, stream, article)) ownStreams.push(stream);
  return { streams: [...streams], ownStreams, versions: texts.flatMap(keysOfText) };
}

async function isAlone(store: Store, stream: string, { slug }: Article): Promise<boolean> {
  if (stream === newsStream || (await findBeginning(store, stream)) !== undefined) return false;
  return (await readTombstoneRows(store, stream)).every((row) => partsOf('tombstone', row)?.slug === slug);
}

function readTombstoneRows(store: Store, stream: string) {
  return readPartition<{ id: string }>(store, partitionOf('tombstone', { stream }), consistently);
}

/**
 * Takes the remains out of the table. Feeds that may hold the article lose their text: the next request renders them. Of a stream that
 * was its alone nothing stays.
 */
export async function eraseRemains(
  store: Store,
  article: Article,
  { streams, ownStreams, versions }: Remains,
): Promise<void> {
  const { id, slug } = article;
  for (const stream of streams) {
    for (const format of feedFormatNames) await emptyDocument(store, stream, format);
    // Those of articles that stood at its address before. Its own go with what its record says of them.
    const tombstones = (await readTombstoneRows(store, stream)).filter(
      (row) => stream !== newsStream && row.id !== id && partsOf('tombstone', row)?.slug === slug,
    );
    await removeRows(store, tombstones);
  }
  for (const stream of ownStreams)
    await removeRows(store, [
      ...feedFormatNames.flatMap((format) => [
        keyOf('document', { stream, format, chunk: 0 }),
        keyOf('rejection', { stream, format }),
      ]),
      keyOf('stream', { stream }),
    ]);
  const due = await readPartition<object>(store, partitionOf('pings', {}), consistently);
  await removeRows(
    store,
    due.filter((row) => ownStreams.includes(partsOf('pings', row)?.stream ?? '')),
  );
  await eraseFromLists(store, article, ownStreams);
  await forgetChanges(store, ownStreams);
  await removeRows(store, versions);
}

/** The lists that hold more than addresses. What is left of them the sweep keeps. */
async function eraseFromLists(store: Store, { id, slug, aliases }: Article, ownStreams: string[]) {
  const { streams, newsSitemap, mostRead, months } = directoryNames;
  await reviseDirectory<{ streams: { name: string }[] }>(store, streams, (list) => ({
    ...list,
    streams: list.streams.filter(({ name }) => !ownStreams.includes(name)),
  }));
  await reviseDirectory<{ slug: string }[]>(store, newsSitemap, (entries) =>
    entries.filter((entry) => entry.slug !== slug && !aliases.includes(entry.slug)),
  );
  await reviseDirectory<Record<string, { cards: { id: string }[] }>>(store, mostRead, (periods) =>
    Object.fromEntries(
      Object.entries(periods).map(([period, { cards, ...about }]) => [
        period,
        { ...about, cards: cards.filter((card) => card.id !== id) },
      ]),
    ),
  );
  await removeRows(
    store,
    ownStreams.map((stream) => keyOf('directory', { list: months(stream) })),
  );
}

/** What the sweep has still to follow must not name the streams again. */
async function forgetChanges(store: Store, ownStreams: string[]): Promise<void> {
  const changes = await readPartition<Change>(store, partitionOf('change', {}), consistently);
  for (const row of changes) {
    const streams = row.streams?.filter((stream) => !ownStreams.includes(stream));
    if (streams?.length === row.streams?.length) continue;
    await putRow(store, { ...row, streams }, unchanged(row));
  }
}

async function removeRows(store: Store, keys: Key[]): Promise<void> {
  for (const key of keys) await removeRow(store, key);
}

/** Whether the record tells no more of the article than it may. */
export function isErased(stored: StoredArticle): boolean {
  const { pk: _, sk: __, ...record } = stored as StoredArticle & Key;
  if (record.erasedAt === undefined) return false;
  const { version } = record;
  return isDeepStrictEqual(
    fromAttributes(toAttributes({ ...erasedRecord(record, record.erasedAt), version })),
    record,
  );
}

/** The record of an erased article: its addresses, its id, and that it was there. */
export function erasedRecord(
  { article, tombstone, ...stored }: StoredArticle,
  erasedAt: string,
): StoredArticle {
  const { id, slug, aliases, publishedAt } = article;
  const { version, fileHash, firstStoredAt, generation, formerSlugs, upstream } = stored;
  return {
    article: {
      ...{ id, slug, aliases, publishedAt, updatedAt: publishedAt, draft: false },
      ...{ title: '', summary: '', authors: [], tags: [], bodyHash: bodyHashOf('') },
    },
    ...{ status: 'gone', origin: 'api', version: version + 1, fileHash, firstStoredAt, generation },
    ...{ derived: [], bodyChunks: 0, formerSlugs, erasedAt },
    // Or its source's feed would bring it back.
    upstream: upstream && { ids: upstream.ids },
    tombstone: tombstone && { ...tombstone, streams: [newsStream] },
  };
}
