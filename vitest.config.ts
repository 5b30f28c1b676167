import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { defineConfig, type TestProjectInlineConfiguration, type ViteUserConfig } from 'vitest/config';
import { StalledRun } from './test/support/stalled-run.ts';

// As in the Lambdas' bundles, where a stylesheet is imported as its text. The name's new end keeps Vite from taking it for CSS.
const cssAsText = {
  name: 'css-as-text',
  enforce: 'pre' as const,
  resolveId: (source: string, importer?: string) =>
    source.endsWith('.css') ? `${join(importer ?? '', '..', source)}-text` : undefined,
  load: async (id: string) =>
    id.endsWith('.css-text')
      ? `export default ${JSON.stringify(await readFile(id.slice(0, -'-text'.length), 'utf8'))};`
      : undefined,
};

interface ProjectOptions {
  name: string;
  include: string[];
  exclude?: string[];
  /** A safety net, not a measure: ten times what a quiet machine needs. */
  timeout?: number;
  /** With how many examples each property is tried. */
  propertyRuns?: number;
  /** What stands for all its files, made before the first: DynamoDB, and the functions' bundles in a synthesised stack. */
  needs?: ('database' | 'build')[];
  /** One file after the other, when all other projects are done. */
  alone?: boolean;
}

/**
 * Files share a worker and its modules (`isolate: false`): importing the CDK, zod and the rest again for each costs more than most files' tests.
 * So a test file changes nothing of a module, nor of the process, that it does not put back.
 */
export function project(options: ProjectOptions): TestProjectInlineConfiguration {
  return {
    plugins: [cssAsText],
    test: {
      name: options.name,
      include: options.include,
      ...(options.exclude && { exclude: options.exclude }),
      isolate: false,
      env: {
        // Node 20 is the oldest that we support, and the SDK says so at every start.
        AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true',
        POWERTOOLS_METRICS_DISABLED: 'true',
        // Logs go through the console that Vitest listens to, not past it.
        POWERTOOLS_DEV: 'true',
        ...(options.propertyRuns && { PROPERTY_RUNS: String(options.propertyRuns) }),
      },
      setupFiles: ['put-back', ...(options.propertyRuns ? ['property-runs'] : [])].map(
        (name) => `test/support/${name}.ts`,
      ),
      ...(options.alone && { fileParallelism: false, sequence: { groupOrder: 1 } }),
      testTimeout: options.timeout ?? 120_000,
      hookTimeout: options.timeout ?? 120_000,
      globalSetup: (options.needs ?? []).map((name) => `test/support/${name}.ts`),
    },
  };
}

/** `report` names the file that CI counts the results from; only failed tests are shown there. */
export function configure(report: string, projects: TestProjectInlineConfiguration[]): ViteUserConfig {
  const results = process.env.VITEST_RESULTS;
  return {
    test: {
      projects,
      globalSetup: 'test/support/run-folder.ts',
      // By default one core is left to Vitest itself, which is half of a small machine.
      maxWorkers: 2,
      // What functions log is shown where a test fails.
      silent: 'passed-only',
      reporters: results
        ? ['minimal', new StalledRun(), ['json', { outputFile: join(results, `${report}.json`) }]]
        : ['default', new StalledRun()],
    },
  };
}

export default defineConfig(
  configure('test', [
    project({ name: 'unit', include: ['test/unit/**/*.test.ts'], propertyRuns: 30 }),
    project({ name: 'store', include: ['test/{store,local}/**/*.test.ts'], needs: ['database'] }),
    project({ name: 'site', include: ['test/{site,infra}/**/*.test.ts'], needs: ['database', 'build'] }),
  ]),
);
