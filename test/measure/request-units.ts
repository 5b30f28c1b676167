/** Request units of DynamoDB. */
export interface Units {
  read: number;
  write: number;
}

// biome-ignore lint/suspicious/noExplicitAny: requests and answers as DynamoDB's JSON has them
type Json = any;

const reads = ['GetItem', 'Query', 'BatchGetItem'];

/** What a request cost: as DynamoDB Local says, but for transactions, whose units it under-reports. */
export function unitsOf(operation: string, request: Json, answer: Json): Units {
  if (operation === 'TransactWriteItems')
    return {
      read: 0,
      write: request.TransactItems.reduce((sum: number, entry: Json) => sum + transactUnits(entry), 0),
    };
  const units = [answer.ConsumedCapacity ?? []]
    .flat()
    .reduce((sum: number, { CapacityUnits }: Json) => sum + CapacityUnits, 0);
  return reads.includes(operation) ? { read: units, write: 0 } : { read: 0, write: units };
}

/** Twice a unit for each kilobyte begun; of an update or a removal the item is taken for a small one. */
function transactUnits({ Put }: Json): number {
  return 2 * Math.max(1, Math.ceil(byteSize(Put?.Item ?? {}) / 1024));
}

/** As the developer guide of DynamoDB counts an item: names and values, three bytes more a list or map, one more an element. */
function byteSize(attributes: Record<string, Json>): number {
  return Object.entries(attributes).reduce(
    (sum, [name, value]) => sum + Buffer.byteLength(name) + valueSize(value),
    0,
  );
}

function valueSize({ S, N, B, L, M }: Json): number {
  if (S !== undefined) return Buffer.byteLength(S);
  if (N !== undefined) return Math.ceil(N.length / 2) + 1;
  if (B !== undefined) return Buffer.from(B, 'base64').length;
  if (L) return 3 + L.reduce((sum: number, element: Json) => sum + 1 + valueSize(element), 0);
  if (M) return 3 + Object.keys(M).length + byteSize(M);
  return 1;
}
