import { PutItemCommand, paginateQuery } from '@aws-sdk/client-dynamodb';
import type { Period } from '../article/calendar.ts';
import { attemptOnce, type Store } from './connection.ts';
import { fromAttributes, toAttributes } from './item.ts';
import { findItem, readPartition } from './read-items.ts';
import { keyOf, partitionOf } from './rows.ts';
import { putRow } from './transaction.ts';

export interface RankedArticle {
  id: string;
  slug: string;
  /** Views in the period. */
  n: number;
}

/** The most read articles of a period. */
export interface Ranking {
  /** The last day of the period, in the site's time zone. */
  day: string;
  /** ISO 8601 in UTC with milliseconds. */
  rankedAt: string;
  articles: RankedArticle[];
}

export function findRanking(store: Store, period: Period): Promise<Ranking | undefined> {
  return findItem<Ranking>(store, keyOf('ranking', { period }), { ConsistentRead: false });
}

/** The rankings of all periods. */
export function readRankings(store: Store): Promise<Ranking[]> {
  return readPartition<Ranking>(store, partitionOf('ranking', {}), { ConsistentRead: false });
}

export async function keepRanking(store: Store, period: Period, ranking: Ranking): Promise<void> {
  await putRow(store, { ...keyOf('ranking', { period }), ...ranking });
}

/** Tells the next ranking that an article is being read: one row per article and minute. */
export interface ReadNote {
  slug: string;
  id: string;
  /** Views of the day. */
  n: number;
  /** All its views. */
  total: number;
}

const keptSeconds = 2 * 86_400;
const mostMilliseconds = 300;
/** Notes that one ranking reads: about half a megabyte. */
const mostNotes = 3_000;

/** One attempt only: a reader is waiting. Throws if it fails. */
export async function saveNote(
  { client, content }: Store,
  { slug, ...counted }: ReadNote,
  now: string,
): Promise<void> {
  const ttl = Math.floor(Date.parse(now) / 1000) + keptSeconds;
  const Item = toAttributes({ ...keyOf('note', { time: minuteOf(now), slug }), slug, ...counted, ttl });
  await client.send(attemptOnce(new PutItemCommand({ TableName: content, Item })), {
    abortSignal: AbortSignal.timeout(mostMilliseconds),
  });
}

/** The notes from this minute on, or all of them; newest first. */
export async function readNotes({ client, content }: Store, since: string | undefined): Promise<ReadNote[]> {
  const pages = paginateQuery(
    { client, pageSize: mostNotes },
    {
      TableName: content,
      ConsistentRead: true,
      KeyConditionExpression: 'pk = :pk AND sk >= :since',
      ExpressionAttributeValues: toAttributes({
        ':pk': partitionOf('note', {}),
        ':since': since ? minuteOf(since) : '0',
      }),
      ScanIndexForward: false,
    },
  );
  const notes: ReadNote[] = [];
  for await (const { Items = [] } of pages) {
    notes.push(...Items.map((item) => fromAttributes<ReadNote>(item)));
    if (notes.length >= mostNotes) break;
  }
  return notes;
}

function minuteOf(iso: string): string {
  return `${iso.slice(0, 'yyyy-mm-ddThh:mm'.length)}:00.000Z`;
}
