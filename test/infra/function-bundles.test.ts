import { once } from 'node:events';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { expect, inject, onTestFinished } from 'vitest';
import { parseSite } from '../../functions/article/site.ts';
import { setting } from '../../functions/runtime/environment.ts';
import { queuePings } from '../../functions/store/due.ts';
import { bundleCode } from '../../infra/function-bundles.ts';
import { account } from '../../infra/local/account.ts';
import { test } from '../support/backend-test.ts';
import { startHub } from '../support/hub.ts';
import { siteYaml, temporaryFolder } from './content-folder.ts';

const code = temporaryFolder();
const { outputs } = await bundleCode(code);
const bundleOf = (name: string) =>
  Object.entries(outputs).find(([path]) => path.endsWith(`${name}/index.js`))?.[1];

/** Loading code is most of a cold start. Each may grow by some kilobytes; a library more is to be noticed. */
test.each([
  // 35 KB of it are interface texts, which are no code.
  ['read-site', 480],
  // With the pages, 55 KB, which previews show.
  ['publish-article', 900],
  ['import-content', 911],
  ['announce', 226],
  ['sweep', 246],
  ['pull-sources', 870],
  ['repair-rows', 364],
  ['media', 271],
  ['desk', 150],
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

test('what is deployed tells no hub on its own machine, which only the local stage opens to it', async ({
  backend,
}) => {
  const hub = await startHub();
  onTestFinished(() => hub.close());
  const folder = join(code, 'sweep');
  mkdirSync(join(folder, 'content'));
  const site = { ...parseSite(siteYaml), hubs: [hub.url] };
  for (const [name, content] of Object.entries({ site, media: {} }))
    writeFileSync(join(folder, 'content', `${name}.json`), JSON.stringify(content));
  const [time, since] = ['2026-01-01T00:00:00.000Z', new Date().toISOString()];
  await queuePings(backend.store, time, { stream: 'news', since, pings: [`rss ${hub.url}`] });

  const deployed = new Worker(
    `const { handler } = require(process.env.LAMBDA_TASK_ROOT);
    handler().then((swept) => require('node:worker_threads').parentPort.postMessage(swept));`,
    {
      eval: true,
      stderr: true,
      env: {
        LAMBDA_TASK_ROOT: folder,
        [setting.contentTable]: backend.store.content,
        [setting.viewsTable]: backend.store.views,
        [setting.baseUrl]: backend.baseUrl,
        [setting.oldFeedSeconds]: '0',
        AWS_ENDPOINT_URL_DYNAMODB: inject('dynamodbEndpoint'),
        AWS_REGION: account.region,
        AWS_ACCESS_KEY_ID: account.credentials.accessKeyId,
        AWS_SECRET_ACCESS_KEY: account.credentials.secretAccessKey,
        HTTP_PROXY: hub.url,
        NODE_USE_ENV_PROXY: '1',
      },
    },
  );
  onTestFinished(async () => void (await deployed.terminate()));
  const [swept] = await once(deployed, 'message');

  expect([swept, hub.pings]).toEqual([{ done: 0, failed: 1 }, []]);
});
