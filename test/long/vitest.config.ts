import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { defineConfig } from 'vitest/config';
import { configure, project } from '../../vitest.config.ts';

const unit = join(import.meta.dirname, '../unit');
const withProperties = readdirSync(unit).filter(
  (file) => file.endsWith('.test.ts') && readFileSync(join(unit, file), 'utf8').includes("from 'fast-check'"),
);

export default defineConfig(
  configure('test-long', [
    project({
      name: 'properties',
      include: withProperties.map((file) => `test/unit/${file}`),
      propertyRuns: 300,
    }),
    project({
      name: 'long',
      include: ['long', 'browser'].map((folder) => `test/${folder}/**/*.test.ts`),
      timeout: 600_000,
      needs: ['database', 'build'],
    }),
  ]),
);
