import { GetItemCommand, paginateQuery } from '@aws-sdk/client-dynamodb';
import type { Store } from './connection.ts';
import { fromAttributes, toAttributes } from './item.ts';
import { keyOf, partitionOf } from './rows.ts';

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
  const Key = toAttributes(keyOf('stream', { stream }));
  const { Item } = await client.send(new GetItemCommand({ TableName: content, Key }));
  if (!Item) return undefined;
  const { label, since } = fromAttributes<StreamRow>(Item);
  return since <= now ? label : undefined;
}

/** Every stream that has, or once had, a visible article, `news` left out, by its name. */
export async function readStreams({ client, content }: Store, now: string): Promise<string[]> {
  const pages = paginateQuery(
    { client },
    {
      TableName: content,
      KeyConditionExpression: 'pk = :pk',
      FilterExpression: 'since <= :now',
      ExpressionAttributeValues: toAttributes({ ':pk': partitionOf('stream', {}), ':now': now }),
    },
  );
  const streams: string[] = [];
  for await (const { Items = [] } of pages) streams.push(...Items.map(({ sk }) => sk?.S ?? ''));
  return streams;
}
