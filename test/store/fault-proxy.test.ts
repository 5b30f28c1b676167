import {
  BatchGetItemCommand,
  type DynamoDBClient,
  GetItemCommand,
  type TransactionCanceledException,
  TransactWriteItemsCommand,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import { beforeAll, expect, inject, test } from 'vitest';
import type { Store } from '../../functions/store/connection.ts';
import { type Faults, startFaultProxy } from '../support/fault-proxy.ts';
import type { FaultKind } from '../support/faults/kinds.ts';
import { connectLocal, createTables, dropTables } from '../support/tables.ts';

let store: Store;

beforeAll(async () => {
  store = await createTables();
  return () => dropTables(store);
});

const Key = (pk: string) => ({ pk: { S: pk } });

function adding(pk: string) {
  return {
    TableName: store.views,
    Key: Key(pk),
    UpdateExpression: 'ADD n :one',
    ExpressionAttributeValues: { ':one': { N: '1' } },
  };
}

async function readNumber(pk: string): Promise<number> {
  const { Item } = await store.client.send(new GetItemCommand({ TableName: store.views, Key: Key(pk) }));
  return Number(Item?.n?.N ?? 0);
}

/** A client that tries once, behind a proxy of these faults. */
async function faulty(options: { faults?: Faults; limits?: object; seed?: number }, requestTimeout = 30_000) {
  const proxy = await startFaultProxy(inject('dynamodbEndpoint'), { seed: 1, ...options });
  const client = connectLocal({
    endpoint: proxy.endpoint,
    maxAttempts: 1,
    requestHandler: { requestTimeout, throwOnRequestTimeout: true },
  });
  const close = async () => {
    client.destroy();
    await proxy.close();
  };
  return { proxy, client, close };
}

/** The names of the errors of these many additions, one after the other; '' for one that was answered. */
async function addTo(pk: string, client: DynamoDBClient, times = 1): Promise<string[]> {
  const names: string[] = [];
  for (let time = 1; time <= times; time++)
    names.push(
      await client.send(new UpdateItemCommand(adding(pk))).then(
        () => '',
        (error: Error) => error.name,
      ),
    );
  return names;
}

test.each<[FaultKind, string, number]>([
  ['errorBefore', 'InternalServerError', 0],
  ['errorAfter', 'InternalServerError', 1],
  ['lostRequest', 'TimeoutError', 0],
  ['lostAnswer', 'TimeoutError', 1],
  ['hang', 'TimeoutError', 0],
  ['conflict', 'TransactionConflictException', 0],
  ['delay', '', 1],
])('%s: the client sees %o, and %i is added', async (kind, error, added) => {
  const patience = kind === 'hang' ? 200 : undefined;
  const { proxy, client, close } = await faulty({ faults: { any: { [kind]: 1 } } }, patience);

  const names = await addTo(kind, client);
  await close();

  expect(names).toEqual([error]);
  expect(await readNumber(kind)).toBe(added);
  expect(proxy.counts).toMatchObject({ [kind]: 1, passed: added });
});

test('throttles under each of the three names', async () => {
  const { client, close } = await faulty({ faults: { any: { throttle: 1 } } });

  const names = await addTo('throttle', client, 30);
  await close();

  expect([...new Set(names)].sort()).toEqual([
    'ProvisionedThroughputExceededException',
    'RequestLimitExceeded',
    'ThrottlingException',
  ]);
});

test('cancels a transaction for one of its items', async () => {
  const { client, close } = await faulty({ faults: { TransactWriteItems: { conflict: 1 } } });
  const TransactItems = ['a', 'b'].map((pk) => ({ Update: adding(pk) }));

  const error = await client
    .send(new TransactWriteItemsCommand({ TransactItems }))
    .catch((error: TransactionCanceledException) => error);
  await close();

  expect(error).toMatchObject({ name: 'TransactionCanceledException', $metadata: { httpStatusCode: 400 } });
  const codes = (error as TransactionCanceledException).CancellationReasons?.map(({ Code }) => Code);
  expect(codes?.sort()).toEqual(['None', 'TransactionConflict']);
});

test('leaves half of a batch for later', async () => {
  await addTo('half', store.client);
  const { client, close } = await faulty({ faults: { BatchGetItem: { unprocessed: 1 } } });
  const Keys = ['half', 'other', 'third'].map(Key);

  const answer = await client.send(new BatchGetItemCommand({ RequestItems: { [store.views]: { Keys } } }));
  await close();

  expect(answer.Responses?.[store.views]).toEqual([{ pk: { S: 'half' }, n: { N: '1' } }]);
  expect(answer.UnprocessedKeys).toEqual({ [store.views]: { Keys: [Key('third')] } });
});

test('does the same to the same calls by the same seed, and as often as it is told', async () => {
  const [first, second, other] = await Promise.all(
    [7, 7, 8].map(async (seed) => {
      const { client, close } = await faulty({ faults: { UpdateItem: { errorBefore: 0.3 } }, seed });
      const names = await addTo('seeded', client, 100);
      await close();
      return names;
    }),
  );

  expect(first).toEqual(second);
  expect(first).not.toEqual(other);
  const share = (first ?? []).filter((name) => name !== '').length / 100;
  expect(share).toBeGreaterThan(0.15);
  expect(share).toBeLessThan(0.45);
});

test('lets only so many writes of an item through in a second', async () => {
  const { proxy, client, close } = await faulty({ limits: { writesPerSecond: 5 } });

  const names = await addTo('warm', client, 40);
  const cool = await addTo('cool', client);
  await close();

  const added = await readNumber('warm');
  expect(names.filter((name) => name === 'ThrottlingException')).toHaveLength(40 - added);
  expect(proxy.counts).toMatchObject({ limited: 40 - added, passed: added + 1 });
  expect(added).toBeLessThan(40);
  expect(cool).toEqual(['']);
});

test('refuses a transaction while another on the same item is in flight', async () => {
  const { proxy, client, close } = await faulty({ limits: { exclusive: true } });
  const transact = (pk: string) =>
    client.send(new TransactWriteItemsCommand({ TransactItems: [{ Update: adding(pk) }] })).catch(codesOf);

  const answers = await Promise.all([...Array(10).fill('busy'), 'free'].map(transact));
  await close();

  const refused = answers.filter((answer) => Array.isArray(answer));
  expect(refused.flat()).toEqual(refused.map(() => 'TransactionConflict'));
  expect(refused).toHaveLength(10 - (await readNumber('busy')));
  expect(refused.length).toBeGreaterThan(0);
  expect(proxy.counts.overlapped).toBe(refused.length);
  expect(await readNumber('free')).toBe(1);
});

function codesOf({ CancellationReasons = [] }: TransactionCanceledException) {
  return CancellationReasons.map(({ Code }) => Code);
}
