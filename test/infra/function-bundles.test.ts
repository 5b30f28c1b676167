import { expect, test } from 'vitest';
import { bundleCode } from '../../infra/function-bundles.ts';
import { temporaryFolder } from './content-folder.ts';

test('the reading function carries one parser of XML and one writer', async () => {
  const { outputs } = await bundleCode(temporaryFolder());

  const [, bundle] = Object.entries(outputs).find(([path]) => path.endsWith('read-site/index.js')) ?? [];
  const packages = Object.keys(bundle?.inputs ?? {}).map(
    (path) => /.*node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(path)?.[1],
  );
  // The AWS SDK brings a writer of its own.
  const xml = packages.filter(
    (name = '') => /xml|sax|parse5|htmlparser/.test(name) && !name.startsWith('@aws-sdk/'),
  );
  expect([...new Set(xml)].sort()).toEqual(['saxes', 'xml-js', 'xmlchars']);
});
