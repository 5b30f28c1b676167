import * as fc from 'fast-check';
import { expectLinear } from './measure.ts';
import { places } from './places.ts';
import { pieces, runOf } from './runs.ts';

/** In any place a run of anything takes time in proportion to its length. All pairs would take an hour: pass another seed for others. */
export async function expectLinearEverywhere(
  length: number,
  options: { numRuns?: number; seed?: number } = {},
): Promise<void> {
  const property = fc.asyncProperty(
    fc.constantFrom(...places),
    fc.array(fc.constantFrom(...pieces), { minLength: 1, maxLength: 2 }),
    ([, step], chosen) => expectLinear(step, (count) => runOf(chosen.join(''), count), length),
  );
  // A smaller example would say no more, and each costs a second.
  await fc.assert(property, { ...options, endOnFailure: true });
}
