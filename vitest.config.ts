import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { defineConfig, type ViteUserConfig } from 'vitest/config';

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

/** `report` names the file that CI counts the results from. */
export function configure(report: string, include: string[]): ViteUserConfig {
  const results = process.env.VITEST_RESULTS;
  return {
    plugins: [cssAsText],
    test: {
      include,
      // Node 20 is the oldest that we support, and the SDK says so at every start.
      env: {
        AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true',
        POWERTOOLS_METRICS_DISABLED: 'true',
      },
      globalSetup: 'test/support/global-setup.ts',
      // A safety net, not a measure: two busy cores are slow at times.
      testTimeout: 120_000,
      hookTimeout: 120_000,
      reporters: results
        ? ['default', ['json', { outputFile: join(results, `${report}.json`) }]]
        : ['default'],
    },
  };
}

export default defineConfig(
  configure(
    'test',
    ['unit', 'store', 'site', 'infra', 'local'].map((folder) => `test/${folder}/**/*.test.ts`),
  ),
);
