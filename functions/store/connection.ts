import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { requireSetting, setting } from '../runtime/environment.ts';

/** The two tables and the client that reaches them. */
export interface Store {
  client: DynamoDBClient;
  content: string;
  views: string;
}

let connection: Store | undefined;

/** The Lambda's own tables, by its environment; connected once an execution environment. */
export function connectStore(): Store {
  connection ??= {
    // The SDK sets no request timeout by itself: a hung connection would take the whole invocation with it. Every write is a
    // transaction with its token, or the same however often it is done, so that repeating is always safe.
    client: new DynamoDBClient({
      maxAttempts: 8,
      requestHandler: { connectionTimeout: 1_000, requestTimeout: 3_000, throwOnRequestTimeout: true },
    }),
    content: requireSetting(setting.contentTable),
    views: requireSetting(setting.viewsTable),
  };
  return connection;
}
