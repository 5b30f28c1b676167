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
 * Makes those of the template's tables that are missing, and answers all by logical id.
 * Throws StartError when a table of the name has other keys or another stream.
 */
export async function createTables(
  endpoint: string,
  find: FindKnown,
  tablePrefix: string,
): Promise<Map<string, TableDescription>> {
  const client = new DynamoDBClient(clientSettings(endpoint));
  try {
    const tables = find('AWS::DynamoDB::GlobalTable').map(async ({ id, properties }) => {
      const name = tablePrefix + id;
      const table = (await findTable(client, name)) ?? (await createTable(client, name, properties));
      const [found, wanted] = [describeShape(table), describeShape(properties)];
      if (found === wanted) return [id, table] as const;
      throw new StartError(
        `The table ${name} is there with ${found} where the template has ${wanted}: remove it, or its data folder`,
      );
    });
    return new Map(await Promise.all(tables));
  } finally {
    client.destroy();
  }
}

async function findTable(client: DynamoDBClient, TableName: string): Promise<TableDescription | undefined> {
  try {
    return (await client.send(new DescribeTableCommand({ TableName }))).Table;
  } catch (error) {
    if (error instanceof ResourceNotFoundException) return undefined;
    throw error;
  }
}

async function createTable(client: DynamoDBClient, TableName: string, wanted: TableProperties) {
  const { AttributeDefinitions, KeySchema, StreamSpecification: stream, TimeToLiveSpecification } = wanted;
  const { TableDescription = {} } = await client.send(
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
  return TableDescription;
}

/** What cannot be changed once a table is there. */
function describeShape(table: TableDescription | TableProperties): string {
  const keys = (table.KeySchema ?? []).map(({ AttributeName }) => AttributeName).join(', ');
  const stream = table.StreamSpecification;
  return `the keys ${keys} and ${stream ? `a stream of ${stream.StreamViewType}` : 'no stream'}`;
}
