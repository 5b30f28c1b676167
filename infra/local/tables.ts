import {
  CreateTableCommand,
  DescribeTableCommand,
  DynamoDBClient,
  ResourceNotFoundException,
  type TableDescription,
  UpdateTimeToLiveCommand,
} from '@aws-sdk/client-dynamodb';
import { clientSettings } from './account.ts';
import { StartError } from './start-error.ts';
import type { FindResources } from './template.ts';

interface Table {
  id: string;
  name: string;
  // biome-ignore lint/suspicious/noExplicitAny: CloudFormation's properties are CreateTable's, more or less
  properties: any;
}

/** Makes those of the template's tables that are missing, and answers the names of all by logical id. */
export async function createTables(
  endpoint: string,
  find: FindResources,
  tablePrefix: string,
): Promise<Record<string, string>> {
  const client = new DynamoDBClient(clientSettings(endpoint));
  const tables = find('AWS::DynamoDB::GlobalTable', 'AWS::DynamoDB::Table').map(({ id, properties }) => ({
    id,
    name: tablePrefix + id,
    properties,
  }));
  await Promise.all(tables.map((table) => requireTable(client, table)));
  client.destroy();
  return Object.fromEntries(tables.map(({ id, name }) => [id, name]));
}

async function requireTable(client: DynamoDBClient, table: Table): Promise<void> {
  const present = await findTable(client, table.name);
  if (!present) return createTable(client, table);
  const { properties } = table;
  const [found, wanted] = [shapeOf(present), shapeOf(properties)];
  if (found !== wanted)
    throw new StartError(
      `The table ${table.name} is there with ${found} where the template has ${wanted}: remove it, or its data folder`,
    );
}

async function findTable(client: DynamoDBClient, name: string): Promise<TableDescription | undefined> {
  try {
    return (await client.send(new DescribeTableCommand({ TableName: name }))).Table;
  } catch (error) {
    if (error instanceof ResourceNotFoundException) return undefined;
    throw error;
  }
}

async function createTable(client: DynamoDBClient, { name, properties }: Table): Promise<void> {
  const { AttributeDefinitions, KeySchema, GlobalSecondaryIndexes, LocalSecondaryIndexes } = properties;
  const { StreamSpecification: stream, TimeToLiveSpecification: timeToLive } = properties;
  await client.send(
    new CreateTableCommand({
      TableName: name,
      AttributeDefinitions,
      KeySchema,
      GlobalSecondaryIndexes,
      LocalSecondaryIndexes,
      BillingMode: 'PAY_PER_REQUEST',
      ...(stream && { StreamSpecification: { ...stream, StreamEnabled: true } }),
    }),
  );
  if (timeToLive)
    await client.send(new UpdateTimeToLiveCommand({ TableName: name, TimeToLiveSpecification: timeToLive }));
}

/** What cannot be changed once a table is there, as people would say it. */
function shapeOf({
  KeySchema = [],
  StreamSpecification,
}: Pick<TableDescription, 'KeySchema' | 'StreamSpecification'>): string {
  const keys = KeySchema.map(({ AttributeName }) => AttributeName).join(', ');
  return `the keys ${keys} and ${StreamSpecification ? `a stream of ${StreamSpecification.StreamViewType}` : 'no stream'}`;
}
