import { DeleteItemCommand, PutItemCommand, QueryCommand } from '@aws-sdk/client-dynamodb';
import { type Picture, picturesIn } from '../article/picture.ts';
import type { Store } from './connection.ts';
import { fromAttributes, toAttributes } from './item.ts';
import { batchGetAll, findItem } from './read-items.ts';
import { keyOf, partitionOf } from './rows.ts';

export interface StoredPicture extends Picture {
  /** `/media/<name>` leads to it, whatever it shows. */
  name: string;
  /** Of the bytes as they were sent. */
  hash: string;
  storedAt: string;
}

export function findPicture(store: Store, name: string): Promise<StoredPicture | undefined> {
  return findItem<StoredPicture>(store, keyOf('picture', { name }), { ConsistentRead: false });
}

/** Those of the site's own that a text and an image of this address show. */
export async function readShown(
  store: Store,
  html: string,
  image: string | undefined,
): Promise<Record<string, Picture> | undefined> {
  const written = picturesIn(html, image);
  const keys = [...new Set(written.flatMap(namesOf))].map((name) => keyOf('picture', { name }));
  const rows = await batchGetAll<StoredPicture>(store, keys);
  const shown = written.flatMap((file) => {
    // By its name, whatever it shows now, or by the address of its content.
    const row = rows.find(({ name, path }) => name === file || path === `/media/${file}`);
    if (!row) return [];
    const { path, type, length, width, height, widths, preview } = row;
    return [[file, { path, type, length, width, height, widths, ...(preview && { preview }) }] as const];
  });
  return shown.length > 0 ? Object.fromEntries(shown) : undefined;
}

function namesOf(file: string): string[] {
  return [...new Set([file, file.replace(/-[0-9a-f]{16}(?=\.[^.]+$)/, '')])];
}

/** Takes the place of a former picture of this name. */
export async function keepPicture({ client, content }: Store, picture: StoredPicture): Promise<void> {
  const Item = toAttributes({ ...keyOf('picture', picture), ...picture });
  await client.send(new PutItemCommand({ TableName: content, Item }));
}

export async function dropPicture({ client, content }: Store, name: string): Promise<void> {
  const Key = toAttributes(keyOf('picture', { name }));
  await client.send(new DeleteItemCommand({ TableName: content, Key }));
}

/** One page, by name; `after` is the name that the page before ended with. */
export async function readPictures(
  { client, content }: Store,
  { limit, after }: { limit: number; after: string | undefined },
): Promise<{ pictures: StoredPicture[]; next: string | undefined }> {
  const { Items = [], LastEvaluatedKey } = await client.send(
    new QueryCommand({
      TableName: content,
      KeyConditionExpression: 'pk = :pk',
      ExpressionAttributeValues: toAttributes({ ':pk': partitionOf('picture', {}) }),
      Limit: limit,
      ...(after !== undefined && { ExclusiveStartKey: toAttributes(keyOf('picture', { name: after })) }),
    }),
  );
  const pictures = Items.map((item) => fromAttributes<StoredPicture>(item));
  return { pictures, next: LastEvaluatedKey && pictures.at(-1)?.name };
}
