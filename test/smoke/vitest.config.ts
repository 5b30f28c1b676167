import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/smoke/*.test.ts'],
    globalSetup: 'test/smoke/global-setup.ts',
    // One after the other: some checks publish what others read.
    pool: 'threads',
    fileParallelism: false,
    isolate: false,
    testTimeout: 180_000,
  },
});
