import { readFileSync, writeFileSync } from 'node:fs';
import type { IncomingMessage } from 'node:http';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { PutItemCommand, TransactWriteItemsCommand } from '@aws-sdk/client-dynamodb';
import type { DynamoDBBatchResponse, DynamoDBRecord, DynamoDBStreamEvent } from 'aws-lambda';
import { expect, inject, onTestFinished, test } from 'vitest';
import { listen } from '../../infra/local/server.ts';
import type { Stage } from '../../infra/local/stage.ts';
import { connectLocal } from '../support/tables.ts';
import { temporaryFolder } from './content-folder.ts';
import { handledBy, lambda, resource, stageOf, table } from './local-assembly.ts';

type Handle = (event: DynamoDBStreamEvent) => DynamoDBBatchResponse | undefined;

/** A stage whose function gets the changes of a table by a mapping with these rules. */
async function streaming(handle: Handle, rules: object = {}, options = {}): Promise<Stage> {
  const mapping = resource('AWS::Lambda::EventSourceMapping', {
    EventSourceArn: { 'Fn::GetAtt': ['Items', 'StreamArn'] },
    FunctionName: { Ref: 'Follow' },
    StartingPosition: 'TRIM_HORIZON',
    ...rules,
  });
  const resources = {
    ...table('Items'),
    ...lambda('Follow', { Timeout: 20 }),
    Failures: resource('AWS::SQS::Queue', {}),
    Mapping: mapping,
  };
  return stageOf({ Follow: await handledBy(handle) }, resources, options);
}

async function put(stage: Stage, ...pks: string[]): Promise<void> {
  const client = connectLocal();
  for (const pk of pks)
    await client.send(
      new PutItemCommand({ TableName: stage.tables.Items, Item: { pk: { S: pk }, sk: { S: 'META' } } }),
    );
  client.destroy();
}

/** All in one transaction, so that they are in the stream together. */
async function putTogether(stage: Stage, ...pks: string[]): Promise<void> {
  const client = connectLocal();
  const TransactItems = pks.map((pk) => ({
    Put: { TableName: stage.tables.Items, Item: { pk: { S: pk }, sk: { S: 'META' } } },
  }));
  await client.send(new TransactWriteItemsCommand({ TransactItems }));
  client.destroy();
}

function keysOf({ Records }: DynamoDBStreamEvent): string[] {
  return Records.map(keyOf);
}

function keyOf({ dynamodb }: DynamoDBRecord): string {
  return dynamodb?.Keys?.pk?.S ?? '';
}

/** As a function answers whose records with these keys failed. */
function failing({ Records }: DynamoDBStreamEvent, ...keys: string[]): DynamoDBBatchResponse {
  const failed = Records.filter((record) => keys.includes(keyOf(record)));
  return {
    batchItemFailures: failed.map(({ dynamodb }) => ({ itemIdentifier: dynamodb?.SequenceNumber ?? '' })),
  };
}

/** Records which keys each invocation got. */
function recorded(handle: Handle = () => undefined): { batches: string[][]; handle: Handle } {
  const batches: string[][] = [];
  return {
    batches,
    handle(event) {
      batches.push(keysOf(event));
      return handle(event);
    },
  };
}

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

test('tries a batch again as often as the mapping says, then tells the failure queue where it is', async () => {
  const { batches, handle } = recorded((event) => {
    if (keysOf(event).includes('bad')) throw new Error('no');
    return undefined;
  });
  const stage = await streaming(handle, {
    BatchSize: 1,
    MaximumRetryAttempts: 2,
    DestinationConfig: { OnFailure: { Destination: { 'Fn::GetAtt': ['Failures', 'Arn'] } } },
  });

  await put(stage, 'before', 'bad', 'after');
  await stage.drained();

  expect(batches.flat()).toEqual(['before', 'bad', 'bad', 'bad', 'after']);
  expect(stage.failed('Failures')).toEqual([
    expect.objectContaining({
      requestContext: expect.objectContaining({
        condition: 'RetryAttemptsExhausted',
        approximateInvokeCount: 3,
      }),
      DDBStreamBatchInfo: expect.objectContaining({
        batchSize: 1,
        startSequenceNumber: expect.stringMatching(/^\d+$/),
        streamArn: expect.stringMatching(/Items/),
      }),
    }),
  ]);
});

test('gives up all of a failing batch where it may not be halved', async () => {
  const stage = await streaming(
    () => {
      throw new Error('no');
    },
    {
      MaximumRetryAttempts: 0,
      DestinationConfig: { OnFailure: { Destination: { 'Fn::GetAtt': ['Failures', 'Arn'] } } },
    },
  );

  await putTogether(stage, 'a', 'b');
  await stage.drained();

  expect(stage.failed('Failures').map(({ DDBStreamBatchInfo }) => DDBStreamBatchInfo.batchSize)).toEqual([2]);
});

const lastResort = {
  MaximumRetryAttempts: 1,
  BisectBatchOnFunctionError: true,
  DestinationConfig: { OnFailure: { Destination: { 'Fn::GetAtt': ['Failures', 'Arn'] } } },
};

test.each([
  [
    'throws',
    (event: DynamoDBStreamEvent) => {
      if (keysOf(event).includes('bad')) throw new Error('no');
      return undefined;
    },
    {},
  ],
  [
    'answers which ones failed',
    (event: DynamoDBStreamEvent) => failing(event, 'bad'),
    { FunctionResponseTypes: ['ReportBatchItemFailures'] },
  ],
])(
  'halves a batch until only the bad record is given up, when the function %s',
  async (_what, answer, rules) => {
    const handled: string[] = [];
    const stage = await streaming(
      (event) => {
        const response = answer(event);
        const failed = response?.batchItemFailures[0]?.itemIdentifier;
        const first = event.Records.findIndex(({ dynamodb }) => dynamodb?.SequenceNumber === failed);
        handled.push(...keysOf(event).slice(0, first === -1 ? undefined : first));
        return response;
      },
      { ...lastResort, ...rules },
    );

    await putTogether(stage, 'a', 'b', 'bad', 'c', 'd');
    await stage.drained();

    expect(handled).toEqual(['a', 'b', 'c', 'd']);
    expect(stage.failed('Failures')).toMatchObject([{ DDBStreamBatchInfo: { batchSize: 1 } }]);
  },
);

test('goes on at the first record that a function reports', async () => {
  let refused = false;
  const { batches, handle } = recorded((event) => {
    const isFirst = !refused;
    refused = true;
    return isFirst ? failing(event, 'd', 'c') : failing(event);
  });
  const stage = await streaming(handle, { FunctionResponseTypes: ['ReportBatchItemFailures'] });

  await putTogether(stage, 'a', 'b', 'c', 'd');
  await stage.drained();

  expect(batches).toEqual([
    ['a', 'b', 'c', 'd'],
    ['c', 'd'],
  ]);
});

test('takes a report of a record that is none of the batch for all of it', async () => {
  let refused = false;
  const { batches, handle } = recorded(() => {
    const batchItemFailures = refused ? [] : [{ itemIdentifier: 'other' }];
    refused = true;
    return { batchItemFailures };
  });
  const stage = await streaming(handle, { FunctionResponseTypes: ['ReportBatchItemFailures'] });

  await putTogether(stage, 'a', 'b');
  await stage.drained();

  expect(batches).toEqual([
    ['a', 'b'],
    ['a', 'b'],
  ]);
});

test('hears no reports that the mapping does not ask for', async () => {
  const { batches, handle } = recorded((event) => failing(event, 'a'));
  const stage = await streaming(handle);

  await put(stage, 'a');
  await stage.drained();

  expect(batches).toEqual([['a']]);
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
  const endpoint = await proxy(({ headers }) => {
    if (!headers['x-amz-target']?.toString().endsWith('GetRecords')) return undefined;
    reads += 1;
    return reads === 2 ? 'com.amazonaws.dynamodb.v20120810#ExpiredIteratorException' : undefined;
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

/** A DynamoDB that fails with the error type that `fail` answers, if any. */
async function proxy(fail: (request: IncomingMessage) => string | undefined): Promise<string> {
  const { server, url } = await listen(0, async (request, response) => {
    const error = fail(request);
    if (error) {
      response.writeHead(400, { 'content-type': 'application/x-amz-json-1.0' });
      return response.end(JSON.stringify({ __type: error, message: 'failed by the test' }));
    }
    const { 'x-amz-target': target = '', authorization = '', 'content-type': type = '' } = request.headers;
    const answer = await fetch(inject('dynamodbEndpoint'), {
      method: 'POST',
      headers: { 'x-amz-target': String(target), authorization, 'content-type': type },
      body: await buffer(request),
    });
    response.writeHead(answer.status, { 'content-type': 'application/x-amz-json-1.0' });
    return response.end(Buffer.from(await answer.arrayBuffer()));
  });
  onTestFinished(() => void server.close().closeAllConnections());
  return url;
}
