import { test as base, expect } from 'vitest';
import { TestDesk } from './desk.ts';

/** A test that may ask for a `desk`; after it the checker must find nothing in the desk's tables. */
export const test = base.extend<{ desk: TestDesk }>({
  // biome-ignore lint/correctness/noEmptyPattern: vitest reads from the pattern which fixtures this one needs
  desk: async ({}, use) => {
    const desk = await TestDesk.open();
    await use(desk);
    expect(await desk.check()).toEqual([]);
    await desk.close();
  },
});
