import type { TestProject } from 'vitest/node';
import { type DynamoDbLocal, startDynamoDbLocal } from '../../infra/local/dynamodb-local.ts';

declare module 'vitest' {
  interface ProvidedContext {
    dynamodbEndpoint: string;
  }
}

let database: DynamoDbLocal | undefined;

/** One DynamoDB Local, in memory, for the whole run: each test file names its tables for itself. */
export async function setup({ vitest }: TestProject): Promise<void> {
  const root = vitest.getRootProject();
  // Another project of the run has started it.
  if (root.getProvidedContext().dynamodbEndpoint) return;
  database = await startDynamoDbLocal();
  root.provide('dynamodbEndpoint', database.endpoint);
}

export async function teardown(): Promise<void> {
  await database?.close();
}
