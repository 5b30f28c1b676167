import { GetItemCommand, paginateQuery } from '@aws-sdk/client-dynamodb';
import { newsStream, streamsOf } from '../article/stream-name.ts';
import { batchGet } from './batch-get.ts';
import type { Store } from './connection.ts';
import { fromAttributes, toAttributes } from './item.ts';
import { contentKey } from './rows.ts';
import type { StoredArticle } from './stored-article.ts';

interface StreamRow {
  label: string;
  /** Publication of its first article: before it the stream must not be known to exist. */
  since: string;
}

/** The label of a stream that has, or once had, a visible article. */
export async function findStreamLabel(
  { client, content }: Store,
  stream: string,
  now: string,
): Promise<string | undefined> {
  const Key = toAttributes(contentKey.stream(stream));
  const { Item } = await client.send(new GetItemCommand({ TableName: content, Key }));
  if (!Item) return undefined;
  const { label, since } = fromAttributes<StreamRow>(Item);
  return since <= now ? label : undefined;
}

/** The article's streams, with their labels, that no row tells of yet or only from a later day on. */
export async function findNewStreams(
  store: Store,
  { article, status }: StoredArticle,
): Promise<Map<string, string>> {
  const streams = streamsOf(article);
  streams.delete(newsStream);
  if (status !== 'published') return new Map();
  const rows = await batchGet<StreamRow>(store, [...streams.keys()].map(contentKey.stream));
  for (const { sk, since } of rows) {
    if (sk && since <= article.publishedAt) streams.delete(sk);
  }
  return streams;
}

/** Every stream that has, or once had, a visible article, `news` left out, by its name. */
export async function readStreams({ client, content }: Store, now: string): Promise<string[]> {
  const pages = paginateQuery(
    { client },
    {
      TableName: content,
      KeyConditionExpression: 'pk = :pk',
      FilterExpression: 'since <= :now',
      ExpressionAttributeValues: toAttributes({ ':pk': contentKey.stream('').pk, ':now': now }),
    },
  );
  const streams: string[] = [];
  for await (const { Items = [] } of pages) streams.push(...Items.map(({ sk }) => sk?.S ?? ''));
  return streams;
}
