import {
  CreateTableCommand,
  DescribeTableCommand,
  DynamoDBClient,
  ResourceNotFoundException,
  type TableDescription,
  UpdateTimeToLiveCommand,
} from '@aws-sdk/client-dynamodb';
import { clientSettings } from './account.ts';
import type { FindKnown, KnownResource } from './resources.ts';
import { StartError } from './settings.ts';

type TableProperties = KnownResource<'AWS::DynamoDB::GlobalTable'>['properties'];

/**
 * Makes those of the template's tables that are missing, and answers the names of all by logical id.
 * Throws StartError when a table of the name has other keys or another stream.
 */
export async function createTables(
  endpoint: string,
  find: FindKnown,
  tablePrefix: string,
): Promise<Record<string, string>> {
  const client = new DynamoDBClient(clientSettings(endpoint));
  const tables = find('AWS::DynamoDB::GlobalTable');
  await Promise.all(tables.map(({ id, properties }) => requireTable(client, tablePrefix + id, properties)));
  client.destroy();
  return Object.fromEntries(tables.map(({ id }) => [id, tablePrefix + id]));
}

async function requireTable(client: DynamoDBClient, name: string, wanted: TableProperties): Promise<void> {
  const found = await findTable(client, name);
  if (!found) return createTable(client, name, wanted);
  if (describeShape(found) !== describeShape(wanted))
    throw new StartError(
      `The table ${name} is there with ${describeShape(found)} where the template has ${describeShape(wanted)}: remove it, or its data folder`,
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

async function createTable(
  client: DynamoDBClient,
  TableName: string,
  wanted: TableProperties,
): Promise<void> {
  const { AttributeDefinitions, KeySchema, StreamSpecification: stream, TimeToLiveSpecification } = wanted;
  await client.send(
    new CreateTableCommand({
      TableName,
      AttributeDefinitions,
      KeySchema,
      BillingMode: 'PAY_PER_REQUEST',
      ...(stream && { StreamSpecification: { ...stream, StreamEnabled: true } }),
    }),
  );
  if (TimeToLiveSpecification)
    await client.send(new UpdateTimeToLiveCommand({ TableName, TimeToLiveSpecification }));
}

/** What cannot be changed once a table is there. */
function describeShape(table: TableDescription | TableProperties): string {
  const keys = (table.KeySchema ?? []).map(({ AttributeName }) => AttributeName).join(', ');
  const stream = table.StreamSpecification;
  return `the keys ${keys} and ${stream ? `a stream of ${stream.StreamViewType}` : 'no stream'}`;
}
