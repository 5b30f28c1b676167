import type { TestProject } from 'vitest/node';
import { type DynamoDbLocal, startDynamoDbLocal } from '../../infra/local/dynamodb-local.ts';

declare module 'vitest' {
  interface ProvidedContext {
    dynamodbEndpoint: string;
  }
}

let database: DynamoDbLocal;

/** One DynamoDB Local, in memory, for the whole run: each test file names its tables for itself. */
export async function setup(project: TestProject): Promise<void> {
  database = await startDynamoDbLocal();
  project.provide('dynamodbEndpoint', database.endpoint);
}

export async function teardown(): Promise<void> {
  await database.close();
}
