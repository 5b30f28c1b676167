import { cpSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { type Command, UsageError } from './command.ts';
import { Cdk, type Outputs } from './rehearse/cdk.ts';
import {
  credentials,
  installMiniStack,
  type MiniStack,
  region,
  requireFreePort,
  startMiniStack,
} from './rehearse/ministack.ts';
import { RehearsalError } from './rehearse/rehearsal-error.ts';
import { checkRemoval } from './rehearse/remains.ts';
import { checkSecondDeployment } from './rehearse/second-deployment.ts';
import { Desk } from './smoke/desk.ts';
import { Report } from './smoke/report.ts';
import { checkSite, smokeSettings } from './smoke.ts';

/** Checks that MiniStack cannot pass, by their names. */
const notThere = {
  'OPTIONS tells scripts of other sites what they may':
    'MiniStack answers OPTIONS itself, where API Gateway asks the function',
};

const limits = `Not rehearsed: CloudFront (it carries no traffic there), permissions and signatures (MiniStack asks for a
signature and believes it), alarms, caps and throttling, OPTIONS; functions run on this machine's Node and
processor.`;

// Programs of other folders are told of it.
const folder = resolve('.rehearsal');
const work = join(folder, 'run');
const stack = 'Newswire-dev';

export const rehearse: Command = {
  async run(args, terminal) {
    const { values } = parseArgs({
      args,
      options: { port: { type: 'string' }, results: { type: 'string' } },
    });
    const port = Number(values.port ?? 4566);
    if (!Number.isInteger(port) || port < 1 || port > 65535)
      throw new UsageError(`--port ${values.port} is no port`);
    const report = new Report(console.log, notThere);
    const start = performance.now();
    try {
      await rehearseOn(report, port);
    } catch (error) {
      // A step that failed is counted already.
      report.failed ||= 1;
      terminal.printError(error instanceof RehearsalError ? error.message : String((error as Error).stack));
    }
    const seconds = ((performance.now() - start) / 1000).toFixed(0);
    terminal.print(`\n${limits}\n\n${report.passed} passed, ${report.failed} failed (${seconds} s)`);
    // Named as vitest names them in its own reports.
    const results = { numPassedTests: report.passed, numFailedTests: report.failed };
    if (values.results) writeFileSync(values.results, JSON.stringify(results));
    return report.failed === 0 ? 0 : 1;
  },
};

async function rehearseOn(report: Report, port: number): Promise<void> {
  await requireFreePort(port);
  rmSync(work, { recursive: true, force: true });
  mkdirSync(work, { recursive: true });
  let python = '';
  let emulator: MiniStack | undefined;
  try {
    await step(report, 'MiniStack is installed', async () => {
      python = await installMiniStack(folder, join(work, 'install.log'));
    });
    await step(report, 'MiniStack is up', async () => {
      emulator = await startMiniStack(python, port, work);
    });
    if (emulator) await rehearseDeployment(report, emulator);
  } finally {
    await emulator?.close();
  }
}

async function rehearseDeployment(report: Report, { endpoint }: MiniStack): Promise<void> {
  const contentDir = join(work, 'content');
  cpSync(process.env.CONTENT_DIR || 'content', contentDir, { recursive: true });
  const cdk = new Cdk({ endpoint, contentDir, folder: work });
  let outputs: Outputs = {};
  await step(report, 'cdk bootstrap', () => cdk.bootstrap());
  await step(report, 'cdk deploy', async () => {
    outputs = await cdk.deploy();
  });
  const { SiteUrl, PublishUrl } = outputs;
  if (!SiteUrl || !PublishUrl) throw new RehearsalError('The stack was deployed without an address');
  // On this machine, but of another account than the local stage's.
  const settings = { ...smokeSettings({ BASE_URL: SiteUrl, PUBLISH_URL: PublishUrl }), region, credentials };
  await checkSite(report, settings);
  await checkSecondDeployment(report, new Desk(settings), {
    outputs,
    contentDir,
    deploy: () => cdk.deploy(),
  });
  await checkRemoval(report, endpoint, stack, () => report.check('cdk destroy', () => cdk.destroy()));
}

/** A check without which nothing that follows can be made. */
async function step(report: Report, name: string, work: () => Promise<void>): Promise<void> {
  if (!(await report.check(name, work))) throw new RehearsalError('The rest was not rehearsed');
}
