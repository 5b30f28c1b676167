import { text } from 'node:stream/consumers';
import { PutItemCommand } from '@aws-sdk/client-dynamodb';
import type { DynamoDBStreamEvent } from 'aws-lambda';
import { expect, inject, onTestFinished, test } from 'vitest';
import { listen } from '../../infra/local/server.ts';
import { temporaryFolder } from '../infra/content-folder.ts';
import { connectLocal } from '../support/tables.ts';
import { gate, keyFilter } from './assembly.ts';
import { keysOf, put, putTogether, recorded, streaming } from './streaming.ts';

test('delivers every change, in order and in batches, as Lambda has it', async () => {
  const events: DynamoDBStreamEvent[] = [];
  const stage = await streaming((event) => void events.push(event), { BatchSize: 2 });

  await putTogether(stage, 'a', 'b', 'c', 'd', 'e');
  await stage.drained();

  expect(events.flatMap(keysOf)).toEqual(['a', 'b', 'c', 'd', 'e']);
  expect(Math.max(...events.map(({ Records }) => Records.length))).toBe(2);
  expect(events[0]?.Records[0]).toEqual({
    eventID: expect.any(String),
    eventName: 'INSERT',
    eventVersion: '1.1',
    eventSource: 'aws:dynamodb',
    awsRegion: 'us-east-1',
    eventSourceARN: expect.stringMatching(/:table\/.+Items\/stream\//),
    dynamodb: {
      ApproximateCreationDateTime: expect.any(Number),
      Keys: { pk: { S: 'a' }, sk: { S: 'META' } },
      NewImage: { pk: { S: 'a' }, sk: { S: 'META' } },
      SequenceNumber: expect.stringMatching(/^\d+$/),
      SizeBytes: expect.any(Number),
      StreamViewType: 'NEW_AND_OLD_IMAGES',
    },
  });
});

test('delivers binary values as base64', async () => {
  const events: DynamoDBStreamEvent[] = [];
  const stage = await streaming((event) => void events.push(event));
  const client = connectLocal();
  onTestFinished(() => client.destroy());
  const Item = {
    pk: { S: 'a' },
    sk: { S: 'b' },
    one: { B: Buffer.from('x') },
    set: { BS: [Buffer.from('y')] },
  };

  await client.send(new PutItemCommand({ TableName: stage.tables.Items, Item }));
  await stage.drained();

  expect(events[0]?.Records[0]?.dynamodb?.NewImage).toMatchObject({
    one: { B: Buffer.from('x').toString('base64') },
    set: { BS: [Buffer.from('y').toString('base64')] },
  });
});

test('delivers only what a filter lets through', async () => {
  const { batches, handle } = recorded();
  const Filters = [{ Pattern: keyFilter('ARTICLE#', 'STREAM#') }];
  const stage = await streaming(handle, { FilterCriteria: { Filters } });

  await put(stage, 'ARTICLE#a', 'VIEWS#a', 'STREAM#b', 'OLD-ARTICLE#');
  await stage.drained();

  expect(batches.flat()).toEqual(['ARTICLE#a', 'STREAM#b']);
});

test('delivers a change without being asked to', async () => {
  const delivered = gate();
  const stage = await streaming(() => void delivered.open());

  await put(stage, 'a');

  await delivered.opened;
});

test('delivers after a restart what was written while no stage ran, and without a note all before', async () => {
  const { batches, handle } = recorded();
  const options = { tablePrefix: `local-${crypto.randomUUID()}-` };
  const first = await streaming(handle, {}, options);
  await put(first, 'a');
  await first.drained();
  await first.close();
  await put(first, 'b');

  const second = await streaming(handle, {}, options);
  await second.drained();

  expect(batches).toEqual([['a'], ['a', 'b']]);
});

test('notes what was delivered, and after a restart goes on there', async () => {
  const { batches, handle } = recorded();
  const options = { tablePrefix: `local-${crypto.randomUUID()}-`, notesDir: temporaryFolder() };
  const first = await streaming(handle, {}, options);
  await put(first, 'a');
  await first.drained();
  await first.close();
  await put(first, 'b');

  const second = await streaming(handle, {}, options);
  await second.drained();

  expect(batches).toEqual([['a'], ['b']]);
});

test('is drained when nothing was written', async () => {
  const stage = await streaming(() => undefined);

  await expect(stage.drained()).resolves.toBeUndefined();
});

test('misses nothing and repeats nothing when an iterator has expired', async () => {
  let reads = 0;
  let expired: string | undefined;
  const endpoint = await proxy((operation, { ShardIterator }) => {
    if (operation !== 'GetRecords') return undefined;
    reads += 1;
    if (reads === 2) expired = ShardIterator;
    return ShardIterator === expired ? 'ExpiredIteratorException' : undefined;
  });
  const { batches, handle } = recorded();
  const told: string[] = [];
  const log = (line: string) => void told.push(line);
  const stage = await streaming(handle, { BatchSize: 1 }, { endpoint, log });

  await putTogether(stage, 'a', 'b', 'c');
  await stage.drained();

  expect(batches).toEqual([['a'], ['b'], ['c']]);
  expect(told.filter((line) => line.includes('trying again'))).toHaveLength(1);
});

/** A DynamoDB that fails with the error that `fail` names, if it does. */
async function proxy(
  fail: (operation: string, input: Record<string, string>) => string | undefined,
): Promise<string> {
  const { server, url } = await listen(0, async (request, response) => {
    const { 'x-amz-target': target = '', authorization = '', 'content-type': type = '' } = request.headers;
    const body = await text(request);
    const error = fail(String(target).split('.')[1] ?? '', JSON.parse(body));
    if (error) {
      response.writeHead(400, { 'content-type': type });
      return response.end(JSON.stringify({ __type: `com.amazonaws.dynamodb.v20120810#${error}` }));
    }
    const headers = { 'x-amz-target': String(target), authorization, 'content-type': type };
    const answer = await fetch(inject('dynamodbEndpoint'), { method: 'POST', headers, body });
    response.writeHead(answer.status, { 'content-type': type });
    return response.end(await answer.text());
  });
  onTestFinished(() => void server.close().closeAllConnections());
  return url;
}
