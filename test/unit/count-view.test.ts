import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import {
  BatchGetItemCommand,
  ConditionalCheckFailedException,
  InternalServerError,
  ThrottlingException,
  TransactionCanceledException,
  TransactionInProgressException,
  TransactWriteItemsCommand,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import { mockClient } from 'aws-sdk-client-mock';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { connectStore, type Store } from '../../functions/store/connection.ts';
import { countView } from '../../functions/store/count-view.ts';
import { toAttributes } from '../../functions/store/item.ts';
import { viewsKey } from '../../functions/store/rows.ts';
import { connectLocal } from '../support/tables.ts';

// Between two tries a view pauses for as long as chance says. Here only until timers have had their turn, so that a loop without end
// meets the test's time limit.
vi.mock('node:timers/promises', () => ({
  setTimeout: async (_: number, __?: undefined, options?: { signal: AbortSignal }) => {
    await new Promise((resume) => setImmediate(resume));
    options?.signal.throwIfAborted();
  },
}));

const id = 'tag:news.example.com,2026-05-01:storm';
const view = { id, token: '12345678-1234-1234-1234-123456789012', day: '2026-06-01' };
const $metadata = { httpStatusCode: 400 };
const cancelled = (Code: string) =>
  new TransactionCanceledException({ message: Code, $metadata, CancellationReasons: [{ Code }] });
const conflict = cancelled('TransactionConflict');
const lost = Object.assign(new Error('socket hang up'), { code: 'ECONNRESET' });

afterEach(() => {
  vi.unstubAllEnvs();
  vi.restoreAllMocks();
});

/** A store whose DynamoDB is played by the test: what it answers to one transaction after the other, '' for success. */
function playedStore(...answers: (Error | '')[]) {
  const client = connectLocal();
  const played = mockClient(client);
  played.on(TransactWriteItemsCommand).callsFake(() => {
    const answer = answers.length > 1 ? answers.shift() : answers[0];
    if (answer) throw answer;
    return {};
  });
  // A run's other tests know nothing of this counter.
  const store: Store = { client, content: 'Content', views: `Views-${crypto.randomUUID()}` };
  const sent = () =>
    played.commandCalls(TransactWriteItemsCommand).map(({ args: [{ input }] }) => ({
      token: input.ClientRequestToken ?? '',
      update: input.TransactItems?.[0]?.Update,
      row: input.TransactItems?.[0]?.Update?.Key?.pk?.S,
    }));
  const raised = () =>
    played
      .commandCalls(UpdateItemCommand)
      .map(({ args: [{ input }] }) => Number(input.ExpressionAttributeValues?.[':wanted']?.N));
  return { store, played, sent, raised };
}

test('names the view by its token', async () => {
  const { store, sent } = playedStore('');

  await countView(store, view);

  expect(sent().map(({ token }) => token)).toEqual([view.token]);
});

test.each([
  ['a conflict', conflict],
  ['a transaction too much for its item', cancelled('ThrottlingError')],
  ['a provisioned limit of its item', cancelled('ProvisionedThroughputExceeded')],
  ['a throttle', new ThrottlingException({ message: '', $metadata })],
  [
    'another throttle',
    Object.assign(new Error(''), { name: 'ProvisionedThroughputExceededException', $metadata }),
  ],
  ['a third throttle', Object.assign(new Error(''), { name: 'RequestLimitExceeded', $metadata })],
])('names each new try after %s anew, within the bounds of a token', async (_, refusal) => {
  const { store, sent } = playedStore(refusal, refusal, '');

  await countView(store, view);

  const tokens = sent().map(({ token }) => token);
  expect(tokens[0]).toBe(view.token);
  expect(new Set(tokens).size).toBe(3);
  expect(tokens.every(({ length }) => length >= 1 && length <= 36)).toBe(true);
});

test.each([
  ['an answer was lost', lost],
  ['DynamoDB failed', new InternalServerError({ message: '', $metadata: { httpStatusCode: 500 } })],
  ['it is under way', new TransactionInProgressException({ message: '', $metadata })],
])('sends the very same again when %s', async (_, error) => {
  const { store, sent } = playedStore(error, error, '');

  await countView(store, view);

  const [first, ...repeats] = sent();
  expect(repeats).toEqual([first, first]);
});

test('stays with a try that may have been applied, whatever the next ones meet', async () => {
  const throttle = new ThrottlingException({ message: '', $metadata });
  const { store, sent, raised } = playedStore(conflict, lost, conflict, throttle, conflict, '');

  await countView(store, view);

  const tokens = sent().map(({ token }) => token);
  expect(tokens).toEqual([view.token, ...Array(5).fill(tokens[1])]);
  expect(raised()).toEqual([]);
});

test('makes the update once, so that a token means the same after midnight', async () => {
  const { store, sent } = playedStore(conflict, lost, '');

  await countView(store, view);

  const updates = sent().map(({ update }) => update);
  expect(updates).toEqual([updates[0], updates[0], updates[0]]);
  expect(updates[0]?.UpdateExpression).toMatch(
    /^ADD n :one, d20260601 :one REMOVE d20260501, d20260430, .* d20260401$/,
  );
});

test.each([
  ['access denied', Object.assign(new Error('no'), { name: 'AccessDeniedException', $metadata })],
  ['a faulty update', cancelled('ValidationError')],
])('tries nothing again after %s', async (_, error) => {
  const { store, sent } = playedStore(error);

  await expect(countView(store, view)).rejects.toThrow(error);

  expect(sent()).toHaveLength(1);
});

describe('spreads a counter', () => {
  // However long it takes.
  beforeEach(() => void vi.spyOn(AbortSignal, 'timeout').mockReturnValue(new AbortController().signal));

  test('at the third refusal in a row, and tells the readers before it counts in another row', async () => {
    const { store, played, sent, raised } = playedStore(conflict, conflict, conflict, '');
    played.on(UpdateItemCommand).resolves({});

    const row = await countView(store, view);

    expect(raised()).toEqual([4]);
    expect(sent().map(({ row }) => row)).toEqual([
      ...Array(3).fill(`VIEWS#${id}`),
      expect.stringMatching(/\|[123]$/),
    ]);
    expect(row).toBeGreaterThan(0);
  });

  test('at refusals of several views, but at none that follow a success', async () => {
    const { store, played, raised } = playedStore(conflict, conflict, '', conflict, conflict, '');
    played.on(UpdateItemCommand).resolves({});

    await countView(store, view);
    await countView(store, { ...view, token: '2' });

    expect(raised()).toEqual([]);
  });

  test('over the rows that another process has added, trying each again first', async () => {
    const { store, played, sent } = playedStore(conflict, conflict, conflict, '', conflict, '');
    const Item = { pk: { S: `VIEWS#${id}` }, shards: { N: '16' } };
    const others = new ConditionalCheckFailedException({ message: '', $metadata, Item });
    played.on(UpdateItemCommand).rejects(others);

    await countView(store, view);
    await countView(store, { ...view, token: 'again' });
    for (let time = 1; time <= 20; time++) await countView(store, { ...view, token: `${time}` });

    const rows = sent().map(({ row }) => row);
    expect(rows[5]).toBe(rows[4]);
    expect(new Set(rows).size).toBeGreaterThan(4);
  });

  test('over the rows that others have added, at the first refusal', async () => {
    const { store, played, sent, raised } = playedStore(conflict, '');
    const first = { ...toAttributes(viewsKey(id)), n: { N: '9' }, shards: { N: '4' } };
    played.on(BatchGetItemCommand).resolves({ Responses: { [store.views]: [first] } });

    await countView(store, view);

    expect(sent().map(({ row }) => row)).toEqual([`VIEWS#${id}`, expect.stringMatching(/\|[123]$/)]);
    expect(raised()).toEqual([]);
  });

  test('to no row that readers may not know of', async () => {
    const { store, played, sent } = playedStore(conflict, conflict, conflict, conflict, '');
    played.on(UpdateItemCommand).rejects(lost);

    await countView(store, view);

    expect(new Set(sent().map(({ row }) => row))).toEqual(new Set([`VIEWS#${id}`]));
  });

  test('the slower the more rows it has, to sixteen and no more', async () => {
    const { store, played, sent, raised } = playedStore(...Array(40).fill(conflict), '');
    const at: number[] = [];
    played.on(UpdateItemCommand).callsFake(() => {
      at.push(sent().length);
      return {};
    });

    await countView(store, view);

    expect(raised()).toEqual([4, 16]);
    expect(at).toEqual([3, 8]);
  });
});

describe('when its time runs out', () => {
  /** The signals of the last beginning and of the end, to be given by the test. */
  function playedTime() {
    const [end, lastBeginning] = [new AbortController(), new AbortController()];
    const signals = new Map([
      [2_000, end.signal],
      [1_500, lastBeginning.signal],
    ]);
    vi.spyOn(AbortSignal, 'timeout').mockImplementation((ms) => {
      const signal = signals.get(ms);
      if (!signal) throw new RangeError(`Nothing ends after ${ms} ms`);
      return signal;
    });
    return { end, lastBeginning };
  }

  test('begins nothing anew that it could not see the end of', async () => {
    const { store, sent } = playedStore(conflict);
    playedTime().lastBeginning.abort();

    await expect(countView(store, view)).rejects.toThrow(conflict);

    expect(sent()).toHaveLength(1);
  });

  test('still asks for what became of a try', async () => {
    const { store, sent } = playedStore(lost, conflict, lost, '');
    playedTime().lastBeginning.abort();

    await countView(store, view);

    expect(sent()).toHaveLength(4);
  });

  test('gives up', async () => {
    const { store, played, sent } = playedStore();
    const { end } = playedTime();
    played.on(TransactWriteItemsCommand).callsFake(() => {
      if (sent().length === 3) end.abort();
      throw lost;
    });

    await expect(countView(store, view)).rejects.toThrow(lost);

    expect(sent()).toHaveLength(3);
  });
});

test("keeps the token of a view whose answers the Lambda's own connection loses", async () => {
  const tokens: string[] = [];
  const server = await listen((request, response) => {
    let body = '';
    request.on('data', (chunk) => {
      body += chunk;
    });
    request.on('end', () => {
      tokens.push(JSON.parse(body).ClientRequestToken);
      // The first answer never comes, the second is cut off.
      if (tokens.length === 2) response.destroy();
      if (tokens.length === 3) response.setHeader('content-type', 'application/x-amz-json-1.0').end('{}');
    });
  });
  const settings = {
    CONTENT_TABLE: 'Content',
    VIEWS_TABLE: 'Views',
    AWS_ENDPOINT_URL_DYNAMODB: server.endpoint,
    AWS_REGION: 'us-east-1',
    AWS_ACCESS_KEY_ID: 'local',
    AWS_SECRET_ACCESS_KEY: 'local',
  };
  for (const [name, value] of Object.entries(settings)) vi.stubEnv(name, value);

  await countView(connectStore(), view);
  server.close();

  expect(tokens).toEqual([view.token, view.token, view.token]);
});

async function listen(answer: RequestListener) {
  const server = createServer(answer);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const close = () => {
    server.close();
    server.closeAllConnections();
  };
  return { endpoint: `http://127.0.0.1:${port}`, close };
}
