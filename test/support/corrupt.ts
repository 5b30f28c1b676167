import { isDeepStrictEqual } from 'node:util';
import { DeleteItemCommand, GetItemCommand, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { marshall, unmarshall } from '@aws-sdk/util-dynamodb';
import type { Store } from '../../functions/store/connection.ts';
import { keyText, type Row, scanStore } from './scan.ts';

type Fields = Record<string, unknown>;
type Edit = (store: Store) => Promise<void>;

/** A way to break a store that `fillStore` has filled: its name, what it does, and what the checker has to say of it. */
export type Corruption = [name: string, corrupt: Edit, finding: string];

/** Loses the row with this key, `<pk> <sk>`. */
export function lose(key: string): Edit {
  return async (store) => remove(store, await requireRow(store, key));
}

/** Changes the row's fields; a field named by a path reaches inside, an undefined one is taken away. */
export function change(key: string, fields: Fields): Edit {
  return async (store) => write(store, changed(await requireRow(store, key), fields));
}

function changed(row: Row, fields: Fields): Row {
  for (const [path, value] of Object.entries(fields)) assign(row, path.split('.'), value);
  return row;
}

/** Copies a row to another key, with other fields; a key without a space is one of Views. */
export function copy(key: string, to: string, fields: Fields = {}): Edit {
  return async (store) => write(store, { ...changed(await requireRow(store, key), fields), ...splitKey(to) });
}

export function add(key: string, fields: Fields): Edit {
  return (store) => write(store, { ...fields, ...splitKey(key) });
}

/** Brings the tables back to what a scan found before. */
export async function restoreStore(store: Store, before: Awaited<ReturnType<typeof scanStore>>) {
  const now = await scanStore(store);
  for (const name of ['content', 'views'] as const) {
    const kept = new Map(before[name].map((row) => [keyText(row), row]));
    for (const row of now[name]) if (!kept.has(keyText(row))) await remove(store, row);
    const present = new Map(now[name].map((row) => [keyText(row), row]));
    for (const [key, row] of kept) if (!isDeepStrictEqual(present.get(key), row)) await write(store, row);
  }
}

async function requireRow({ client, content, views }: Store, key: string): Promise<Row> {
  const row = splitKey(key);
  const TableName = row.sk === undefined ? views : content;
  const { Item } = await client.send(new GetItemCommand({ TableName, Key: marshall(row) }));
  if (!Item) throw new Error(`There is no row ${key}`);
  return unmarshall(Item) as Row;
}

async function write({ client, content, views }: Store, row: Row): Promise<void> {
  const TableName = row.sk === undefined ? views : content;
  const Item = marshall(row, { removeUndefinedValues: true });
  await client.send(new PutItemCommand({ TableName, Item }));
}

async function remove({ client, content, views }: Store, { pk, sk }: Row): Promise<void> {
  const TableName = sk === undefined ? views : content;
  const Key = marshall({ pk, sk }, { removeUndefinedValues: true });
  await client.send(new DeleteItemCommand({ TableName, Key }));
}

function splitKey(key: string): Row {
  const [pk = '', sk] = key.split(' ');
  return sk === undefined ? { pk } : { pk, sk };
}

function assign(target: Fields, [name = '', ...rest]: string[], value: unknown): void {
  if (rest.length > 0) assign(target[name] as Fields, rest, value);
  else target[name] = value;
}
