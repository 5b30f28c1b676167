import { strict as assert } from 'node:assert';
import { cpSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { SiteClient } from './api/site-client.ts';
import { checkSite, type SmokeResults } from './check-site.ts';
import { type Command, CommandError, UsageError } from './command.ts';
import { Cdk } from './rehearse/cdk.ts';
import {
  credentials,
  installMiniStack,
  region,
  requireFreePort,
  startMiniStack,
} from './rehearse/ministack.ts';
import { countRemains } from './rehearse/remains.ts';
import { checkSecondDeployment } from './rehearse/second-deployment.ts';
import { smokeAccess } from './smoke.ts';

/** Does one thing that the rest depends on and prints how it went. Throws CommandError when it failed. */
export type Step = <Result>(name: string, work: () => Promise<Result>) => Promise<Result>;

const limits = `Not rehearsed: CloudFront (it carries no traffic there), permissions and signatures (MiniStack asks for a
signature and believes it), alarms, caps and throttling, OPTIONS; functions run on this machine's Node and
processor.`;

// The programs that are started run in other folders.
const folder = resolve('.rehearsal');
const work = join(folder, 'run');
const stack = 'Newswire-dev';

export const rehearse: Command = {
  async run(args, terminal) {
    const { values } = parseArgs({
      args,
      options: { port: { type: 'string', default: '4566' }, results: { type: 'string' } },
    });
    const port = Number(values.port);
    if (!Number.isInteger(port) || port < 1 || port > 65535)
      throw new UsageError(`--port ${values.port} is no port`);
    const counts = { passed: 0, failed: 0 };
    const step: Step = async (name, work) => {
      try {
        const result = await work();
        counts.passed += 1;
        terminal.print(`ok    ${name}`);
        return result;
      } catch (cause) {
        counts.failed += 1;
        const { name: kind, message } = cause as Error;
        terminal.print(`FAIL  ${name}: ${cause instanceof CommandError ? message : `${kind}: ${message}`}`);
        throw new CommandError('The rest was not rehearsed', { cause });
      }
    };
    const start = performance.now();
    try {
      await rehearseOn(port, terminal.env.CONTENT_DIR || 'content', step, ({ passed, failed }) => {
        counts.passed += passed;
        counts.failed += failed;
      });
    } catch (error) {
      // A failed step is counted already.
      counts.failed ||= 1;
      terminal.printError(error instanceof CommandError ? error.message : String((error as Error).stack));
    }
    const seconds = ((performance.now() - start) / 1000).toFixed(0);
    terminal.print(`\n${limits}\n\n${counts.passed} passed, ${counts.failed} failed (${seconds} s)`);
    // The names of vitest's own results.
    const results = { numPassedTests: counts.passed, numFailedTests: counts.failed };
    if (values.results) writeFileSync(values.results, JSON.stringify(results));
    return counts.failed === 0 ? 0 : 1;
  },
};

async function rehearseOn(
  port: number,
  content: string,
  step: Step,
  count: (results: SmokeResults) => void,
): Promise<void> {
  await requireFreePort(port);
  rmSync(work, { recursive: true, force: true });
  mkdirSync(work, { recursive: true });
  const log = join(work, 'install.log');
  const python = await step('MiniStack is installed', () => installMiniStack(folder, log));
  const emulator = await step('MiniStack is up', () => startMiniStack(python, port, work));
  try {
    await rehearseDeployment(emulator.endpoint, content, step, count);
  } finally {
    await emulator.close();
  }
}

async function rehearseDeployment(
  endpoint: string,
  content: string,
  step: Step,
  count: (results: SmokeResults) => void,
): Promise<void> {
  const contentDir = join(work, 'content');
  cpSync(content, contentDir, { recursive: true });
  const cdk = new Cdk({ endpoint, contentDir, folder: work });
  await step('cdk bootstrap', () => cdk.bootstrap());
  const outputs = await step('cdk deploy', () => cdk.deploy());
  const { SiteUrl, PublishUrl } = outputs;
  if (!SiteUrl || !PublishUrl) throw new CommandError('The stack was deployed without an address');
  // On this machine, but with the emulator's account, not the local stage's.
  const site = { ...smokeAccess({ BASE_URL: SiteUrl, PUBLISH_URL: PublishUrl }), region, credentials };
  const results = await checkSite(site, { isEmulated: true });
  count(results);
  if (results.isInterrupted) throw new CommandError('Interrupted');
  await checkSecondDeployment(step, new SiteClient(site), {
    outputs,
    contentDir,
    deploy: () => cdk.deploy(),
  });
  await step('the stack is in every listing of the account', async () => {
    const missing = Object.entries(await countRemains(endpoint, stack)).filter(([, count]) => count === 0);
    assert.deepEqual(missing, []);
  });
  await step('cdk destroy', () => cdk.destroy());
  await step('nothing of it is left', async () => {
    const left = Object.entries(await countRemains(endpoint, stack)).filter(([, count]) => count > 0);
    assert.deepEqual(left, []);
  });
}
