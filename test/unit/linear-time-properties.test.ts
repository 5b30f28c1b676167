import { test } from 'vitest';
import { expectLinearEverywhere } from '../support/growth/property.ts';

test('a run of anything, anywhere, takes time in proportion to its length', async () => {
  await expectLinearEverywhere(32_000, { seed: 1 });
});
