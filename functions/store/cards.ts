import { QueryCommand, type QueryCommandInput } from '@aws-sdk/client-dynamodb';
import type { Card } from '../article/article.ts';
import type { Store } from './connection.ts';
import { type Attributes, fromAttributes, toAttributes } from './item.ts';
import { keyOf, partitionOf } from './rows.ts';

/** A place in a stream: the sort key of a card, which orders cards of the same time too. */
export type Position = string;

export interface CardQuery {
  stream: string;
  /** Cards published up to this time, ISO 8601 in UTC with milliseconds: later ones are not public yet. */
  upTo: string;
  limit: number;
  /** Only cards published at this time or later. */
  since?: string | undefined;
  /** Only cards older than this place, or only cards newer than it. */
  before?: Position | undefined;
  after?: Position | undefined;
  /** Whether the answer must show every change until now, at twice the cost. */
  consistent?: boolean | undefined;
}

export function positionOf({ publishedAt, slug }: Pick<Card, 'publishedAt' | 'slug'>): Position {
  return keyOf('card', { stream: '', time: publishedAt, slug }).sk;
}

/** What of a card tells its version, its place and its streams: a third of its bytes. */
const brief = ['id', 'slug', 'version', 'publishedAt', 'category', 'tags', 'source'] as const;
export type BriefCard = Pick<Card, (typeof brief)[number]>;
const briefly = {
  ProjectionExpression: brief.map((name) => `#${name}`).join(', '),
  ExpressionAttributeNames: Object.fromEntries(brief.map((name) => [`#${name}`, name])),
};

/** The cards next to the place, newest first. */
export function readCards(store: Store, query: CardQuery): Promise<Card[]> {
  return queryCards(store, query);
}

/** The same, of each card only what a feed's validator needs; it costs as many read units. */
export function readBriefCards(store: Store, query: CardQuery): Promise<BriefCard[]> {
  return queryCards(store, query, briefly);
}

async function queryCards<Found extends BriefCard>(
  store: Store,
  query: CardQuery,
  projection: Partial<QueryCommandInput> = {},
): Promise<Found[]> {
  const { stream, upTo, limit, since, before, after, consistent } = query;
  // `$` sorts directly after `#`, so the range includes every slug of the last millisecond.
  const newest = `${upTo}$`;
  const high = before !== undefined && before < newest ? before : newest;
  const low = [after ?? '', since ?? ''].reduce((a, b) => (a > b ? a : b));
  if (low >= high) return [];
  const cards: Found[] = [];
  let ExclusiveStartKey: Attributes | undefined;
  do {
    const answer = await store.client.send(
      new QueryCommand({
        TableName: store.content,
        ConsistentRead: consistent,
        KeyConditionExpression: 'pk = :pk AND sk BETWEEN :low AND :high',
        ExpressionAttributeValues: toAttributes({
          ':pk': partitionOf('card', { stream }),
          ':low': low || '0',
          ':high': high,
        }),
        ScanIndexForward: after !== undefined,
        Limit: limit - cards.length + 1,
        ...projection,
        ...(ExclusiveStartKey && { ExclusiveStartKey }),
      } satisfies QueryCommandInput),
    );
    // BETWEEN includes its bounds, but the card at the place is on the reader's page already.
    const found = (answer.Items ?? []).map((item) => fromAttributes<Found>(item));
    cards.push(...found.filter((card) => ![before, after].includes(positionOf(card))));
    ExclusiveStartKey = answer.LastEvaluatedKey;
  } while (ExclusiveStartKey && cards.length < limit);
  const page = cards.slice(0, limit);
  return after === undefined ? page : page.reverse();
}

/** The next older and the next newer visible article of the stream. */
export async function readNeighbours(
  store: Store,
  stream: string,
  article: Pick<Card, 'publishedAt' | 'slug'>,
  now: string,
) {
  const here = positionOf(article);
  const [[previous], [next]] = await Promise.all([
    readCards(store, { stream, upTo: now, limit: 1, before: here }),
    readCards(store, { stream, upTo: now, limit: 1, after: here }),
  ]);
  return { previous, next };
}
