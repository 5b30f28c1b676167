import { paginateQuery, type QueryCommandInput } from '@aws-sdk/client-dynamodb';
import { type Picture, picturesIn } from '../article/picture.ts';
import type { Store } from './connection.ts';
import { fromAttributes, type Key, toAttributes } from './item.ts';
import { batchGetAll, findItem, readPartition, readRowPage } from './read-items.ts';
import { keyOf, partitionOf } from './rows.ts';
import { putRow, removeRow } from './transaction.ts';

export interface StoredPicture extends Picture {
  /** `/media/<name>` leads to it, whatever it shows. */
  name: string;
  /** Of the bytes as they were sent. */
  hash: string;
  storedAt: string;
  /** What it was before, the newest first: texts may name their addresses. */
  former?: Picture[] | undefined;
}

/** A picture that articles may not show as it is now, until they are stored again. */
export interface ReplacedPicture extends Key {
  name: string;
  /** Of the picture that they are to show. */
  path: string;
}

const keptFormer = 20;
const noteSeconds = 86_400;

export function findPicture(store: Store, name: string): Promise<StoredPicture | undefined> {
  return findItem<StoredPicture>(store, keyOf('picture', { name }), { ConsistentRead: false });
}

/** Those of the site's own that a text and an image of this address show; of `deployed` where they are not stored yet. */
export async function readShown(
  store: Store,
  {
    html,
    image,
    deployed = {},
  }: { html: string; image?: string | undefined; deployed?: Record<string, Picture> | undefined },
): Promise<Record<string, Picture> | undefined> {
  const written = picturesIn(html, image);
  const keys = [...new Set(written.flatMap(namesOf))].map((name) => keyOf('picture', { name }));
  const rows = await batchGetAll<StoredPicture>(store, keys);
  const shown = written.flatMap((file) => {
    // By its name, whatever it shows now, or by the address of its content.
    const all = rows.flatMap(({ former = [], ...row }) => [row, ...former]);
    const found = rows.find(({ name }) => name === file) ?? all.find(({ path }) => path === `/media/${file}`);
    const picture = found ?? (Object.hasOwn(deployed, file) ? deployed[file] : undefined);
    return picture ? [[file, plain(picture)] as const] : [];
  });
  return shown.length > 0 ? Object.fromEntries(shown) : undefined;
}

function namesOf(file: string): string[] {
  return [...new Set([file, file.replace(/-[0-9a-f]{16}(?=\.[^.]+$)/, '')])];
}

function plain({ path, type, length, width, height, widths, preview }: Picture): Picture {
  return { path, type, length, width, height, widths, ...(preview && { preview }) };
}

/** Takes the place of `current`; false where it is to be `onlyNew` and is not. If articles may show another, or only know of it, that is noted. */
export async function keepPicture(
  store: Store,
  picture: StoredPicture,
  {
    current,
    mayBeShown,
    onlyNew,
  }: { current: StoredPicture | undefined; mayBeShown: boolean; onlyNew?: boolean | undefined },
): Promise<boolean> {
  const { name, path, storedAt } = picture;
  // Noted first: if the picture did not follow, the note would say nothing, and expire.
  const ttl = Math.floor(Date.parse(storedAt) / 1000) + noteSeconds;
  if (mayBeShown) await putRow(store, { ...keyOf('replaced', { name }), name, path, ttl });
  const before = current && [plain(current), ...(current.former ?? [])].filter((one) => one.path !== path);
  const row = { ...keyOf('picture', { name }), ...picture, former: before?.slice(0, keptFormer) };
  return putRow(store, row, onlyNew ? { ConditionExpression: 'attribute_not_exists(pk)' } : {});
}

/** Pictures that were replaced, with what took their place if that is stored. */
export async function readReplaced(store: Store): Promise<ReplacedPicture[]> {
  const notes = await readPartition<ReplacedPicture>(store, partitionOf('replaced', {}), {
    ConsistentRead: false,
  });
  const pictures = await batchGetAll<StoredPicture>(
    store,
    notes.map(({ name }) => keyOf('picture', { name })),
  );
  return notes.filter(({ name, path }) => pictures.some((one) => one.name === name && one.path === path));
}

/** Deletes the note, unless the picture has been replaced again. */
export async function finishReplaced(store: Store, note: ReplacedPicture): Promise<void> {
  await removeRow(store, note, {
    ConditionExpression: '#path = :path',
    ExpressionAttributeNames: { '#path': 'path' },
    ExpressionAttributeValues: toAttributes({ ':path': note.path }),
  });
}

/** The slugs of the articles that show any of these pictures, by their names. Looks through the list of all articles. */
export async function readShowing(
  { client, content }: Store,
  names: string[],
): Promise<Map<string, string[]>> {
  const query: QueryCommandInput = {
    TableName: content,
    ConsistentRead: true,
    KeyConditionExpression: 'pk = :pk',
    FilterExpression: 'attribute_exists(shows)',
    ProjectionExpression: 'slug, shows',
    ExpressionAttributeValues: toAttributes({ ':pk': partitionOf('listed', {}) }),
  };
  const slugs = new Map<string, string[]>(names.map((name) => [name, []]));
  for await (const { Items = [] } of paginateQuery({ client }, query))
    for (const item of Items) {
      const { slug, shows } = fromAttributes<{ slug: string; shows: string[] }>(item);
      for (const name of shows) slugs.get(name)?.push(slug);
    }
  return slugs;
}

export async function dropPicture(store: Store, name: string): Promise<void> {
  await removeRow(store, keyOf('picture', { name }));
}

/** One page, by name; `after` is the name that the page before ended with. */
export async function readPictures(store: Store, page: { limit: number; after: string | undefined }) {
  const { rows: pictures, next } = await readRowPage<StoredPicture>(store, partitionOf('picture', {}), page);
  return { pictures, next };
}

/** How far the pictures of one deployment are. */
interface PictureImportState {
  /** Of their list. */
  digest: string;
  /** A run may be at work until then, ISO 8601 in UTC with milliseconds; absent when all is done. */
  until?: string | undefined;
}

export function findPictureImport(store: Store): Promise<PictureImportState | undefined> {
  return findItem<PictureImportState>(store, keyOf('pictures', {}));
}

export async function keepPictureImport(store: Store, state: PictureImportState): Promise<void> {
  await putRow(store, { ...keyOf('pictures', {}), ...state });
}
