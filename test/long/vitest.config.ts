import { defineConfig, mergeConfig } from 'vitest/config';
import { configure } from '../../vitest.config.ts';

export default defineConfig(
  mergeConfig(
    configure(
      'test-long',
      ['long', 'browser'].map((folder) => `test/${folder}/**/*.test.ts`),
    ),
    {
      // One after the other: each wants both cores for itself.
      test: { fileParallelism: false, testTimeout: 600_000 },
    },
  ),
);
