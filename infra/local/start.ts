import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setting } from '../../functions/runtime/environment.ts';
import { InvalidSiteError } from '../content-files.ts';
import { describeImport, type ImportSummary } from '../import-report.ts';
import { readSite, requireContentFolder } from '../prepared-content.ts';
import { requireDynamoDb, requireSpace, startDynamoDbLocal } from './dynamodb-local.ts';
import { lockFolder } from './lock.ts';
import { listen } from './server.ts';
import { readSettings, type Settings, StartError } from './settings.ts';
import type { Stage } from './stage.ts';
import { prepareAssembly } from './synthesis.ts';
import { describeLine, showStep } from './terminal.ts';

// About this machine's Node; the functions are deployed with a newer one.
process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED = 'true';

const ending = new AbortController();
const cleanups: (() => unknown)[] = [];

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => end(0));
endWithNpm();
try {
  await start(readSettings(process.env, process.argv.slice(2)));
} catch (error) {
  const isForPeople = error instanceof StartError || error instanceof InvalidSiteError;
  await end(1, isForPeople ? error.message : error);
}

async function start(settings: Settings): Promise<void> {
  const { port, baseUrl, contentDir, dataDir } = settings;
  // For the app, which is synthesised in a process of its own.
  if (settings.takeFiles) process.env[setting.takeFiles] = 'yes';
  (await listen(port, () => {})).server.close();
  await requireContent(contentDir);
  if (dataDir) cleanups.push(await lockFolder(dataDir));
  console.log(`Starting the site of ${contentDir} on port ${port}`);
  const assembly = prepareAssembly({ contentDir, folder: assemblyFolder(dataDir), signal: ending.signal });
  const [endpoint, assemblyDir, { startStage }] = await Promise.all([
    showStep('Database ready', findDatabase(settings)),
    showStep('App synthesised from infra and functions', assembly),
    import('./stage.ts'),
  ]);
  const started = startStage({
    assemblyDir,
    endpoint,
    tablePrefix: 'newswire-',
    port,
    baseUrl,
    contentDir,
    // A note says nothing of another database.
    notesDir: settings.endpoint ? undefined : databaseFolder(dataDir),
    bucketDir: dataDir && join(dataDir, 'bucket'),
    drafts: settings.drafts,
    timers: true,
    onPublished: (results) => printImport(results, contentDir),
    log(line, functionId) {
      const text = functionId ? describeLine(line, functionId) : line;
      if (text !== undefined) console.error(text);
    },
  });
  const stage = await showStep('Tables, routes, stream and schedules ready', started);
  printImport(await showStep('Content imported', importContent(stage)), contentDir);
  await printAddresses(stage, settings);
}

/** Said at once, before anything is started that takes seconds. */
async function requireContent(contentDir: string): Promise<void> {
  await requireContentFolder(contentDir);
  await readSite(join(contentDir, 'site.yaml'));
}

function assemblyFolder(dataDir: string | undefined): string {
  if (dataDir) return join(dataDir, 'assembly');
  const folder = mkdtempSync(join(tmpdir(), 'newswire-'));
  cleanups.push(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

function databaseFolder(dataDir: string | undefined): string | undefined {
  return dataDir && join(dataDir, 'dynamodb');
}

async function findDatabase({ endpoint, dataDir }: Settings): Promise<string> {
  if (endpoint) {
    await requireDynamoDb(endpoint);
    return endpoint;
  }
  if (dataDir) endWithoutSpace(dataDir);
  const database = await startDynamoDbLocal(databaseFolder(dataDir));
  cleanups.push(() => database.close());
  void database.ended.then(() => end(1, 'DynamoDB Local has ended: run npm start again'));
  return database.endpoint;
}

/** Throws StartError when there is too little from the beginning. */
function endWithoutSpace(dataDir: string): void {
  requireSpace(dataDir);
  setInterval(() => {
    try {
      requireSpace(dataDir);
    } catch (error) {
      void end(1, (error as Error).message);
    }
  }, 250).unref();
}

async function importContent(stage: Stage): Promise<unknown[]> {
  try {
    return await stage.runTriggers();
  } catch (cause) {
    throw new StartError(`The content could not be imported: ${(cause as Error).message}`, { cause });
  }
}

function printImport(results: unknown[], contentDir: string): void {
  for (const summary of (results as (ImportSummary | null)[]).filter((result) => result !== null))
    for (const line of describeImport(summary, contentDir)) console.log(line);
}

async function printAddresses({ url }: Stage, { baseUrl, drafts }: Settings): Promise<void> {
  const news = await fetch(`${url}/news`, { headers: { accept: 'application/json' } });
  const { items } = news.ok ? ((await news.json()) as { items: { url: string }[] }) : { items: [] };
  const addresses = [
    ['Site', `${baseUrl}/`],
    ['Article', items[0]?.url],
    ['RSS', `${baseUrl}/rss.xml`],
    ['Atom', `${baseUrl}/atom.xml`],
    ['JSON Feed', `${baseUrl}/feed.json`],
    ['Desk', `${url}/desk, where both keys are local`],
  ].filter(([, address]) => address);
  console.log(`\n${addresses.map(([name = '', address]) => `${name.padEnd(9)}  ${address}`).join('\n')}\n`);
  if (drafts) console.log('Drafts and what is under embargo are shown at their addresses.');
  console.log('Changes of content are published as you save. Ctrl-C stops.');
}

/** When npm is killed, its shell goes with it, but this process would live on, with nobody to find it. */
function endWithNpm(): void {
  const parent = process.ppid;
  if (process.env.npm_lifecycle_event) setInterval(() => process.ppid !== parent && end(0), 500).unref();
}

/** Cuts off what functions are doing, as can happen to a machine at any time: data is kept in whole transactions alone. */
async function end(code: number, problem?: unknown): Promise<void> {
  if (ending.signal.aborted) return;
  ending.abort();
  if (problem) console.error(problem);
  // The lock, which came first, is given up when nothing uses the folder any more.
  for (const cleanup of cleanups.reverse()) await cleanup();
  process.exit(code);
}
