import { expect } from 'vitest';

export type Step = (text: string) => unknown;

/** Milliseconds. At any length, a garbage collection or the compiling of a function can cost this much. */
const negligible = 25;
const tries = 4;

/**
 * Fails if four times the text costs more than eight times the work: linear steps cost 4 times, those that grow with the square 16.
 *
 * It cannot fail because a machine is busy. Work is this process's own processor time, not what a clock shows. Each measure is the
 * least of several tries, so that what else happens within one does not count. A short text counts as 25 ms at least, so that the
 * long one may always cost 200: take a length at which the square would cost much more. And a growth between 4 and 8 passes.
 */
export async function expectLinear(
  step: Step,
  textOf: (length: number) => string,
  length: number,
): Promise<void> {
  const [short, long] = [textOf(length / 4), textOf(length)];
  let [least, most] = [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY];
  for (let attempt = 0; attempt < tries; attempt += 1) {
    most = Math.min(most, await costOf(step, long));
    if (most <= 8 * negligible) return;
    // The first run is dearer than all others, as nothing is compiled yet: it must not stand for the short text.
    least = Math.min(least, await costOf(step, short), await costOf(step, short));
    if (most <= 8 * least) return;
  }
  expect.fail(
    `${length / 4} characters take ${least.toFixed(1)} ms of work, ${length} take ${most.toFixed(1)} ms: ${JSON.stringify(long.slice(0, 20))}…`,
  );
}

async function costOf(step: Step, text: string): Promise<number> {
  const before = process.cpuUsage();
  await step(text);
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}
