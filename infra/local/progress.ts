/** Awaits a step of the start and prints a line about it with the time it took, on a terminal as in a pipe. */
export async function step<Result>(name: string, work: Promise<Result>): Promise<Result> {
  const start = performance.now();
  const result = await work;
  const seconds = ((performance.now() - start) / 1000).toFixed(1);
  console.log(`${seconds.padStart(5)} s  ${name}`);
  return result;
}
