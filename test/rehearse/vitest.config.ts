import { basename } from 'node:path';
import { defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** Between them, the site is checked by test/smoke. */
const places = new Map([
  ['deploy.test.ts', 1],
  ['second-deployment.test.ts', 3],
  ['destroy.test.ts', 4],
]);

class InOrder extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const placeOf = ({ moduleId }: TestSpecification) => places.get(basename(moduleId)) ?? 2;
    return files.toSorted((one, other) => placeOf(one) - placeOf(other));
  }
}

export default defineConfig({
  test: {
    include: ['test/{rehearse,smoke}/*.test.ts'],
    globalSetup: 'test/smoke/global-setup.ts',
    sequence: { sequencer: InOrder },
    // What one file has deployed, the next one looks at.
    pool: 'threads',
    fileParallelism: false,
    isolate: false,
    bail: 1,
    // Files that follow a failed step are loaded nevertheless, though not run.
    env: { SMOKE_RUN: '{"site": {}}' },
    // The emulator may wait for ever for a deployment that failed.
    testTimeout: 300_000,
  },
});
