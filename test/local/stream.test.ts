import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { PutItemCommand } from '@aws-sdk/client-dynamodb';
import type { DynamoDBStreamEvent } from 'aws-lambda';
import { expect, inject, onTestFinished, test } from 'vitest';
import { listen } from '../../infra/local/server.ts';
import { temporaryFolder } from '../infra/content-folder.ts';
import { connectLocal } from '../support/tables.ts';
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
  const Pattern = JSON.stringify({
    dynamodb: { Keys: { pk: { S: [{ prefix: 'ARTICLE#' }] }, sk: { S: ['META'] } } },
  });
  const stage = await streaming(handle, { FilterCriteria: { Filters: [{ Pattern }] } });

  await put(stage, 'ARTICLE#a', 'VIEWS#a', 'ARTICLE#b');
  await stage.drained();

  expect(batches.flat()).toEqual(['ARTICLE#a', 'ARTICLE#b']);
});

test('goes on after a restart where it was', async () => {
  const { batches, handle } = recorded();
  const options = { tablePrefix: `local-${crypto.randomUUID()}-`, dataDir: temporaryFolder() };
  const first = await streaming(handle, {}, options);
  await put(first, 'a');
  await first.drained();
  await first.close();
  await put(first, 'b');

  const second = await streaming(handle, {}, options);
  await second.drained();

  expect(batches).toEqual([['a'], ['b']]);
});

test.each([
  ['TRIM_HORIZON', ['before', 'after']],
  ['LATEST', ['after']],
])('starts at %s', async (StartingPosition, expected) => {
  const { batches, handle } = recorded();
  const options = { tablePrefix: `local-${crypto.randomUUID()}-` };
  const withoutMapping = await streaming(handle, { Enabled: false }, options);
  await put(withoutMapping, 'before');

  const stage = await streaming(handle, { StartingPosition }, options);
  await put(stage, 'after');
  await stage.drained();

  expect(batches.flat()).toEqual(expected);
});

test('is drained when nothing was written', async () => {
  const stage = await streaming(() => undefined);

  await expect(stage.drained()).resolves.toBeUndefined();
});

test('begins anew after a day, when DynamoDB Local may count from the beginning again', async () => {
  const { batches, handle } = recorded();
  const options = { tablePrefix: `local-${crypto.randomUUID()}-`, dataDir: temporaryFolder() };
  const first = await streaming(handle, {}, options);
  await put(first, 'a');
  await first.drained();
  await first.close();
  const file = join(options.dataDir, 'streams.json');
  const [shard = ''] = Object.keys(JSON.parse(readFileSync(file, 'utf8')).Mapping);
  const yesterday = { sequenceNumber: '9'.repeat(21), createdAt: Date.now() / 1000 - 24 * 3600 };
  writeFileSync(file, JSON.stringify({ Mapping: { [shard]: yesterday } }));

  const second = await streaming(handle, {}, options);
  await second.drained();

  expect(batches).toEqual([['a'], ['a']]);
});

test('goes on where it was when an iterator has expired', async () => {
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

  expect(batches.flat()).toEqual(['a', 'b', 'c']);
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
