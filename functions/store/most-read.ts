import { GetItemCommand, PutItemCommand, QueryCommand } from '@aws-sdk/client-dynamodb';
import type { Period } from '../article/calendar.ts';
import type { Store } from './connection.ts';
import { fromAttributes, toAttributes } from './item.ts';
import { contentKey } from './table.ts';

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

export async function findRanking({ client, content }: Store, period: Period): Promise<Ranking | undefined> {
  const Key = toAttributes(contentKey.mostRead(period));
  const { Item } = await client.send(new GetItemCommand({ TableName: content, Key }));
  return Item && fromAttributes<Ranking>(Item);
}

/** Of all periods. */
export async function readRankings({ client, content }: Store): Promise<Ranking[]> {
  const { Items = [] } = await client.send(
    new QueryCommand({
      TableName: content,
      KeyConditionExpression: 'pk = :pk',
      ExpressionAttributeValues: toAttributes({ ':pk': contentKey.mostRead('').pk }),
    }),
  );
  return Items.map((item) => fromAttributes<Ranking>(item));
}

export async function keepRanking(
  { client, content }: Store,
  period: Period,
  ranking: Ranking,
): Promise<void> {
  const Item = toAttributes({ ...contentKey.mostRead(period), ...ranking });
  await client.send(new PutItemCommand({ TableName: content, Item }));
}
