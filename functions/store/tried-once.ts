import type { PutItemCommand, TransactWriteItemsCommand, UpdateItemCommand } from '@aws-sdk/client-dynamodb';

/**
 * The command without the SDK's retries. Those wait up to a second after a throttle, and then for the same item; and they hide from the
 * caller whether a try before the last one may have been applied.
 */
export function triedOnce<Command extends PutItemCommand | TransactWriteItemsCommand | UpdateItemCommand>(
  command: Command,
): Command {
  (command as TransactWriteItemsCommand).middlewareStack.add((next) => next, {
    ...{ name: 'retryMiddleware', step: 'finalizeRequest', priority: 'high', override: true },
  });
  return command;
}
