import { PutItemCommand, paginateQuery } from '@aws-sdk/client-dynamodb';
import type { Period } from '../article/calendar.ts';
import { attemptOnce, type Store } from './connection.ts';
import { fromAttributes, toAttributes } from './item.ts';
import { findItem, readPartition } from './read-items.ts';
import { keyOf, partitionOf } from './rows.ts';

export interface RankedArticle {
  id: string;
  slug: string;
  /** Views in the period. */
  n: number;
}

/** The articles most read in a period, as of one moment. */
export interface Ranking {
  /** The period's last, in the site's zone. */
  day: string;
  /** ISO 8601 in UTC with milliseconds. */
  rankedAt: string;
  articles: RankedArticle[];
}

export function findRanking(store: Store, period: Period): Promise<Ranking | undefined> {
  return findItem<Ranking>(store, keyOf('ranking', { period }), { ConsistentRead: false });
}

/** Of all periods. */
export function readRankings(store: Store): Promise<Ranking[]> {
  return readPartition<Ranking>(store, partitionOf('ranking', {}), { ConsistentRead: false });
}

export async function keepRanking(
  { client, content }: Store,
  period: Period,
  ranking: Ranking,
): Promise<void> {
  const Item = toAttributes({ ...keyOf('ranking', { period }), ...ranking });
  await client.send(new PutItemCommand({ TableName: content, Item }));
}

/** That an article is being read: kept for the next ranking, once an article and minute. */
export interface ReadNote {
  slug: string;
  id: string;
  /** Views of the day, and in all. */
  n: number;
  total: number;
}

const keptSeconds = 2 * 86_400;
const mostMilliseconds = 300;
/** Of one ranking: about half a megabyte. */
const mostNotes = 3_000;

/** Tried once, for whoever reads is waiting; throws when that was in vain. */
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

/** What was noted from this time's minute on, or ever; the newest first. */
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
