import { afterAll, expect, test } from 'vitest';
import { destroy, readOutputs } from './cdk.ts';
import { stopMiniStack } from './ministack.ts';
import { countRemains, tagBucket } from './remains.ts';

afterAll(stopMiniStack);

test('the stack is in every listing of the account', async () => {
  const missing = Object.entries(await countRemains()).filter(([, count]) => count === 0);

  expect(missing).toEqual([]);
});

test('cdk destroy', async ({ signal }) => {
  await tagBucket(readOutputs().MediaBucket ?? '');

  await destroy(signal);
});

test('nothing of it is left', async () => {
  const left = Object.entries(await countRemains()).filter(([, count]) => count > 0);

  expect(left).toEqual([]);
});
