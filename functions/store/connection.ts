import { setMaxListeners } from 'node:events';
import type { PutItemCommand, TransactWriteItemsCommand, UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { requireSetting, setting } from '../runtime/environment.ts';

/** The two tables and the client that reaches them. */
export interface Store {
  client: DynamoDBClient;
  content: string;
  views: string;
}

/** What is kept of an invocation's time, in milliseconds, to say that the database is out of reach. */
const reserve = 5_000;
let time: AbortSignal | undefined;

/** From here on every call of this invocation ends, by an AbortError if need be, while there is time left to answer. */
export function limitCalls(context: { getRemainingTimeInMillis(): number } | undefined): void {
  time = context && AbortSignal.timeout(Math.max(0, context.getRemainingTimeInMillis() - reserve));
  // Calls in parallel listen to it by the dozen, and no longer than they last.
  if (time) setMaxListeners(0, time);
}

/** The SDK bounds its attempts and the pauses between them, but nothing bounds their sum. */
class PunctualClient extends DynamoDBClient {
  // biome-ignore lint/suspicious/noExplicitAny: every form of every command
  override send(command: any, options?: object): any {
    return super.send(command, { ...(time && { abortSignal: time }), ...options });
  }
}

let connection: Store | undefined;

/** The Lambda's own tables, by its environment; connected once an execution environment. */
export function connectStore(): Store {
  connection ??= {
    // The SDK sets no request timeout by itself: a hung connection would take the whole invocation with it. Every write is a
    // transaction with its token, or the same however often it is done, so that repeating is always safe.
    client: new PunctualClient({
      maxAttempts: 8,
      requestHandler: { connectionTimeout: 1_000, requestTimeout: 3_000, throwOnRequestTimeout: true },
    }),
    content: requireSetting(setting.contentTable),
    views: requireSetting(setting.viewsTable),
  };
  return connection;
}

/**
 * The command without the SDK's retries. Those wait up to a second after a throttle, and then for the same item; and they hide from the
 * caller whether a try before the last one may have been applied.
 */
export function attemptOnce<Command extends PutItemCommand | TransactWriteItemsCommand | UpdateItemCommand>(
  command: Command,
): Command {
  (command as TransactWriteItemsCommand).middlewareStack.add((next) => next, {
    ...{ name: 'retryMiddleware', step: 'finalizeRequest', priority: 'high', override: true },
  });
  return command;
}
