import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { defineConfig } from 'vitest/config';
import { configure, project } from '../../vitest.config.ts';

const unit = join(import.meta.dirname, '../unit');
const withProperties = readdirSync(unit).filter(
  (file) => file.endsWith('.test.ts') && readFileSync(join(unit, file), 'utf8').includes("from 'fast-check'"),
);

/** They measure, or set a pace: nothing may run beside them. */
const timed = ['counting', 'faults-hang', 'local-start', 'soak'].map((name) => `test/long/${name}.test.ts`);

export default defineConfig(
  configure('test-long', [
    project({
      name: 'properties',
      include: withProperties.map((file) => `test/unit/${file}`),
      propertyRuns: 300,
    }),
    project({
      name: 'long',
      include: ['test/{long,browser}/**/*.test.ts'],
      exclude: timed,
      timeout: 600_000,
      needs: ['database', 'build'],
    }),
    project({
      name: 'timed',
      include: timed,
      timeout: 600_000,
      needs: ['database', 'build'],
      alone: true,
    }),
  ]),
);
