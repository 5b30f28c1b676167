import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { TransactionCanceledException, TransactWriteItemsCommand } from '@aws-sdk/client-dynamodb';
import { mockClient } from 'aws-sdk-client-mock';
import { afterEach, expect, test, vi } from 'vitest';
import { connectStore, type Store } from '../../functions/store/connection.ts';
import { countView } from '../../functions/store/views.ts';
import { connectLocal } from '../support/tables.ts';

const id = 'tag:news.example.com,2026-05-01:storm';
const cancelled = new TransactionCanceledException({
  message: 'a conflict',
  $metadata: {},
  CancellationReasons: [{ Code: 'TransactionConflict' }],
});

afterEach(() => {
  vi.unstubAllEnvs();
  vi.restoreAllMocks();
});

/** A store whose DynamoDB is played by the test. */
function playedStore() {
  const client = connectLocal();
  const played = mockClient(client);
  const tokens = () =>
    played.commandCalls(TransactWriteItemsCommand).map(({ args: [{ input }] }) => input.ClientRequestToken);
  return { store: { client, content: 'Content', views: 'Views' } satisfies Store, played, tokens };
}

test('names the view by its token', async () => {
  const { store, played, tokens } = playedStore();
  played.on(TransactWriteItemsCommand).resolves({});

  await countView(store, id, 'request-1');

  expect(tokens()).toEqual(['request-1']);
});

test('names each new try after a definite conflict anew, within the bounds of a token', async () => {
  const { store, played, tokens } = playedStore();
  played.on(TransactWriteItemsCommand).rejectsOnce(cancelled).rejectsOnce(cancelled).resolves({});
  const token = '12345678-1234-1234-1234-123456789012';

  await countView(store, id, token);

  expect(tokens()[0]).toBe(token);
  expect(new Set(tokens()).size).toBe(3);
  expect(tokens().every((name = '') => name.length >= 1 && name.length <= 36)).toBe(true);
});

test('gives up what may have been applied rather than to count it under another name', async () => {
  const { store, played, tokens } = playedStore();
  played.on(TransactWriteItemsCommand).rejects(new Error('socket hang up'));

  await expect(countView(store, id, 'request-1')).rejects.toThrow('socket hang up');

  expect(tokens()).toEqual(['request-1']);
});

test('gives up when its time has run out', async () => {
  const { store, played, tokens } = playedStore();
  const deadline = new AbortController();
  vi.spyOn(AbortSignal, 'timeout').mockReturnValue(deadline.signal);
  played
    .on(TransactWriteItemsCommand)
    .rejectsOnce(cancelled)
    .callsFake(() => {
      deadline.abort();
      throw cancelled;
    });

  await expect(countView(store, id, 'request-1')).rejects.toThrow('aborted');

  expect(tokens()).toHaveLength(2);
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

  await countView(connectStore(), id, 'request-1');
  server.close();

  expect(tokens).toEqual(['request-1', 'request-1', 'request-1']);
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
