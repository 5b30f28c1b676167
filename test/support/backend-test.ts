import { test as base, expect } from 'vitest';
import { TestBackend } from './backend.ts';

/** A test that may ask for a `backend`; after it the checker must find nothing in the backend's tables. */
export const test = base.extend<{ backend: TestBackend }>({
  // biome-ignore lint/correctness/noEmptyPattern: vitest reads from the pattern which fixtures this one needs
  backend: async ({}, use) => {
    const backend = await TestBackend.open();
    await use(backend);
    expect(await backend.check()).toEqual([]);
    await backend.close();
  },
});
