import type { DynamoDBStreamEvent } from 'aws-lambda';
import { expect, test } from 'vitest';
import { failing, keysOf, put, putTogether, recorded, streaming } from './streaming.ts';

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
