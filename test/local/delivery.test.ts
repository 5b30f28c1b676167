import type { DynamoDBStreamEvent } from 'aws-lambda';
import { expect, test } from 'vitest';
import type { GivenUp } from '../../infra/local/streams.ts';
import { failing, keyOf, keysOf, put, putTogether, recorded, streaming } from './streaming.ts';

/** How often each record was tried that was given up alone. */
function describeFailures(failed: GivenUp[]): (string | number)[][] {
  return failed.map(({ records, attempts }) => [...records.map(keyOf), attempts]);
}

test('tries a change again as often as the mapping says, then hands it to the failure queue', async () => {
  const { batches, handle } = recorded((event) => {
    if (keysOf(event).includes('bad')) throw new Error('no');
    return undefined;
  });
  const told: string[] = [];
  const log = (line: string) => void told.push(line);
  const stage = await streaming(handle, { BatchSize: 1, MaximumRetryAttempts: 2 }, { log });

  await put(stage, 'before', 'bad', 'after');
  await stage.drained();

  expect(batches.flat()).toEqual(['before', 'bad', 'bad', 'bad', 'after']);
  expect(describeFailures(stage.failed('Failures'))).toEqual([['bad', 3]]);
  expect(told).toContainEqual(
    expect.stringMatching(/^Follow failed: 1 of local-.+-Items's changes given up$/),
  );
});

test.each([
  [
    'throws',
    (event: DynamoDBStreamEvent) => {
      if (keysOf(event).includes('bad')) throw new Error('no');
      return undefined;
    },
  ],
  ['answers which ones failed', (event: DynamoDBStreamEvent) => failing(event, 'bad')],
])('halves a batch until only the bad record is given up, when the function %s', async (_what, answer) => {
  const handled: string[] = [];
  const stage = await streaming((event) => {
    const response = answer(event);
    const failed = response?.batchItemFailures[0]?.itemIdentifier;
    const first = event.Records.findIndex(({ dynamodb }) => dynamodb?.SequenceNumber === failed);
    handled.push(...keysOf(event).slice(0, first === -1 ? undefined : first));
    return response;
  });

  await putTogether(stage, 'a', 'b', 'bad', 'c', 'd');
  await stage.drained();

  expect(handled).toEqual(['a', 'b', 'c', 'd']);
  expect(describeFailures(stage.failed('Failures'))).toEqual([['bad', 2]]);
});

test('goes on at the first record that a function reports', async () => {
  let refused = false;
  const { batches, handle } = recorded((event) => {
    const isFirst = !refused;
    refused = true;
    return isFirst ? failing(event, 'd', 'c') : failing(event);
  });
  const stage = await streaming(handle);

  await putTogether(stage, 'a', 'b', 'c', 'd');
  await stage.drained();

  expect(batches).toEqual([
    ['a', 'b', 'c', 'd'],
    ['c', 'd'],
  ]);
});

test('takes a report of a record that is not in the batch for all of it', async () => {
  let refused = false;
  const { batches, handle } = recorded(() => {
    const batchItemFailures = refused ? [] : [{ itemIdentifier: 'other' }];
    refused = true;
    return { batchItemFailures };
  });
  const stage = await streaming(handle);

  await putTogether(stage, 'a', 'b');
  await stage.drained();

  expect(batches).toEqual([['a', 'b'], ['a'], ['b']]);
});
