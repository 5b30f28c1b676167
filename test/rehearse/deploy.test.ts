import { cpSync, mkdirSync, rmSync } from 'node:fs';
import { expect, test, vi } from 'vitest';
import { requireStage } from '../../infra/stages.ts';
import { EditorAccounts } from '../../infra/tools/api/editor-accounts.ts';
import { type SmokeRun, smokeAccess } from '../../infra/tools/smoke.ts';
import { bootstrap, contentDir, deploy } from './cdk.ts';
import { installMiniStack, requireFreePort, startMiniStack } from './ministack.ts';
import { credentials, endpoint, region, work } from './run.ts';

test('MiniStack is installed', async ({ signal }) => {
  await requireFreePort();
  rmSync(work, { recursive: true, force: true });
  mkdirSync(work, { recursive: true });
  await installMiniStack(signal);
});

test('MiniStack is up', ({ signal }) => startMiniStack(signal));

test('cdk bootstrap', async ({ signal }) => {
  cpSync(process.env.CONTENT_DIR || 'content', contentDir, { recursive: true });

  await bootstrap(signal);
});

test('cdk deploy', async ({ signal }) => {
  const { SiteUrl, PublishUrl } = await deploy(signal);

  if (!SiteUrl || !PublishUrl) throw new Error('The stack was deployed without an address');
  // On this machine, but with the emulator's account, not the local stage's.
  const site = { ...smokeAccess({ BASE_URL: SiteUrl, PUBLISH_URL: PublishUrl }), region, credentials };
  const run: SmokeRun = { site, slug: 'smoke-rehearsal', patience: 10, isEmulated: true };
  process.env.SMOKE_RUN = JSON.stringify(run);
});

test('who writes in the browser is invited, changed and removed', async ({ onTestFinished }) => {
  vi.stubEnv('AWS_ACCESS_KEY_ID', credentials.accessKeyId);
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', credentials.secretAccessKey);
  onTestFinished(() => void vi.unstubAllEnvs());
  const environment = { AWS_ENDPOINT_URL: endpoint, AWS_REGION: region };
  const accounts = new EditorAccounts(requireStage('dev'), environment);
  const address = 'tom@example.com';

  expect(await accounts.add(address, 'contributors')).toBe(true);
  expect(await accounts.add(address, 'editors')).toBe(false);
  expect(await accounts.list()).toEqual([{ address, group: 'editors', isActive: false }]);
  await accounts.remove(address);
  expect(await accounts.list()).toEqual([]);
});
