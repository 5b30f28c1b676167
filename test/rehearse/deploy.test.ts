import { cpSync, mkdirSync, rmSync } from 'node:fs';
import { test } from 'vitest';
import { type SmokeRun, smokeAccess } from '../../infra/tools/smoke.ts';
import { bootstrap, contentDir, deploy } from './cdk.ts';
import { installMiniStack, requireFreePort, startMiniStack } from './ministack.ts';
import { credentials, region, work } from './run.ts';

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
