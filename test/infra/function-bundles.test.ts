import { expect, test } from 'vitest';
import { bundleCode } from '../../infra/function-bundles.ts';
import { temporaryFolder } from './content-folder.ts';

const { outputs } = await bundleCode(temporaryFolder());
const bundleOf = (name: string) =>
  Object.entries(outputs).find(([path]) => path.endsWith(`${name}/index.js`))?.[1];

/** Loading code is most of a cold start. Each may grow by some kilobytes; a library more is to be noticed. */
test.each([
  ['read-site', 475],
  ['publish-article', 850],
  ['import-content', 930],
  ['announce', 360],
  ['sweep', 365],
  ['repair-rows', 400],
])('%s is a bundle of at most %i KB', (name, most) => {
  expect((bundleOf(name)?.bytes ?? Number.NaN) / 1000).toBeLessThan(most);
});

test('the reading function carries one parser of XML and one writer', () => {
  const bundle = bundleOf('read-site');
  const packages = Object.keys(bundle?.inputs ?? {}).map(
    (path) => /.*node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(path)?.[1],
  );
  // The AWS SDK brings a writer of its own.
  const xml = packages.filter(
    (name = '') => /xml|sax|parse5|htmlparser/.test(name) && !name.startsWith('@aws-sdk/'),
  );
  expect([...new Set(xml)].sort()).toEqual(['saxes', 'xml-js', 'xmlchars']);
});
