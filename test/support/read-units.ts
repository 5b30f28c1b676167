import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';

interface Capacity {
  CapacityUnits?: number;
}

/** Adds up the units of all that the client reads from now on, as DynamoDB tells them; each call answers those since the last. */
export function meterReads(client: DynamoDBClient): () => number {
  let sum = 0;
  client.middlewareStack.add(
    (next, { commandName = '' }) =>
      async (args) => {
        if (!/^(GetItem|Query|BatchGetItem)Command$/.test(commandName)) return next(args);
        const answer = await next({ ...args, input: { ...args.input, ReturnConsumedCapacity: 'TOTAL' } });
        const { ConsumedCapacity = [] } = answer.output as { ConsumedCapacity?: Capacity | Capacity[] };
        for (const { CapacityUnits = 0 } of [ConsumedCapacity].flat()) sum += CapacityUnits;
        return answer;
      },
    { step: 'initialize', name: 'meterReads' },
  );
  return () => {
    const units = sum;
    sum = 0;
    return units;
  };
}
