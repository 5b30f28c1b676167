import { type DynamoDBClient, paginateScan } from '@aws-sdk/client-dynamodb';
import { unmarshall } from '@aws-sdk/util-dynamodb';
import type { Store } from '../../functions/store/connection.ts';
import { digest } from './digest.ts';

/** An item as it stands in a table; rows of Views have no sort key. */
export type Row = { pk: string; sk?: string } & Record<string, unknown>;

/** Every item of both tables, in the order of their keys. */
export async function scanStore({ client, content, views }: Store) {
  return { content: await scanTable(client, content), views: await scanTable(client, views) };
}

/** Every item as a line of text, long values as their digests: two of these are quick to compare and to tell apart. */
export async function describeStore(store: Store): Promise<string[]> {
  const { content, views } = await scanStore(store);
  return [...content, ...views].map((row) => `${keyText(row)} ${JSON.stringify(row, shorten)}`);
}

function shorten(_: string, value: unknown): unknown {
  return value instanceof Uint8Array ? digest(value) : value;
}

async function scanTable(client: DynamoDBClient, TableName: string): Promise<Row[]> {
  const rows: Row[] = [];
  for await (const { Items = [] } of paginateScan({ client }, { TableName, ConsistentRead: true }))
    rows.push(...Items.map((item) => unmarshall(item) as Row));
  return rows.sort((a, b) => (keyText(a) < keyText(b) ? -1 : 1));
}

/** A row's key as people read it. */
export function keyText({ pk, sk }: Pick<Row, 'pk' | 'sk'>): string {
  return sk === undefined ? pk : `${pk} ${sk}`;
}
