import {
  CreateTableCommand,
  DeleteTableCommand,
  DynamoDBClient,
  type DynamoDBClientConfig,
} from '@aws-sdk/client-dynamodb';
import { inject } from 'vitest';
import type { Store } from '../../functions/store/connection.ts';

/** A client of the run's DynamoDB Local. */
export function connectLocal(config: DynamoDBClientConfig = {}): DynamoDBClient {
  return new DynamoDBClient({
    endpoint: inject('dynamodbEndpoint'),
    region: 'us-east-1',
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
    ...config,
  });
}

/** Empty tables with names of their own, keyed as the template's are. */
export async function createTables(): Promise<Store> {
  const run = crypto.randomUUID();
  const store = { client: connectLocal(), content: `Content-${run}`, views: `Views-${run}` };
  await Promise.all([
    createTable(store.client, store.content, 'pk', 'sk'),
    createTable(store.client, store.views, 'pk'),
  ]);
  return store;
}

export async function dropTables({ client, content, views }: Store): Promise<void> {
  for (const TableName of [content, views]) await client.send(new DeleteTableCommand({ TableName }));
  client.destroy();
}

async function createTable(client: DynamoDBClient, TableName: string, pk: string, sk?: string) {
  const keys = [pk, ...(sk ? [sk] : [])];
  await client.send(
    new CreateTableCommand({
      TableName,
      BillingMode: 'PAY_PER_REQUEST',
      AttributeDefinitions: keys.map((AttributeName) => ({ AttributeName, AttributeType: 'S' })),
      KeySchema: keys.map((AttributeName, index) => ({ AttributeName, KeyType: index ? 'RANGE' : 'HASH' })),
    }),
  );
}
