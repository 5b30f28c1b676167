import { setMaxListeners } from 'node:events';
import type {
  DynamoDBClientConfig,
  PutItemCommand,
  TransactWriteItemsCommand,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { requireSetting, setting } from '../runtime/environment.ts';

/** The two tables and the client that reaches them. */
export interface Store {
  client: DynamoDBClient;
  content: string;
  views: string;
}

/** Milliseconds of an invocation that are left for the answer when the database is out of reach. */
const reserve = 5_000;
let time: AbortSignal | undefined;

/** Ends every later call of this invocation, with an AbortError, while there is still time to answer. */
export function limitCalls(context: { getRemainingTimeInMillis(): number } | undefined): void {
  time = context && AbortSignal.timeout(Math.max(0, context.getRemainingTimeInMillis() - reserve));
  // Dozens of parallel calls listen to it. Each stops listening when it ends.
  if (time) setMaxListeners(0, time);
}

/** The SDK limits its attempts and the pauses between them, but not their sum. */
class PunctualClient extends DynamoDBClient {
  constructor(config: DynamoDBClientConfig) {
    super(config);
    // It copies each request and answer without what is secret, and we log neither: a tenth of the time of a page.
    this.middlewareStack.remove('loggerMiddleware');
  }

  // biome-ignore lint/suspicious/noExplicitAny: every form of every command
  override send(command: any, options?: object): any {
    return super.send(command, { ...(time && { abortSignal: time }), ...options });
  }
}

let connection: Store | undefined;

/** The Lambda's own tables, named by its environment. Connects once per execution environment. */
export function connectStore(): Store {
  connection ??= {
    // The SDK sets no request timeout: a hung connection would use up the whole invocation. Retries are always safe, because every
    // write is idempotent or a transaction with a token.
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
 * Switches off the SDK's retries for this command. After a throttle they wait up to a second for the same item, and they hide whether an
 * earlier attempt may have been applied.
 */
export function attemptOnce<Command extends PutItemCommand | TransactWriteItemsCommand | UpdateItemCommand>(
  command: Command,
): Command {
  (command as TransactWriteItemsCommand).middlewareStack.add((next) => next, {
    name: 'retryMiddleware',
    step: 'finalizeRequest',
    priority: 'high',
    override: true,
  });
  return command;
}
