import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describeLine } from './console-log.ts';
import { requireDynamoDb } from './dynamodb-endpoint.ts';
import { startDynamoDbLocal } from './dynamodb-local.ts';
import { describeImport } from './import-report.ts';
import { lockFolder } from './lock.ts';
import { step } from './progress.ts';
import { listen } from './server.ts';
import { readSettings, type Settings } from './settings.ts';
import { type Stage, startStage } from './stage.ts';
import { StartError } from './start-error.ts';
import { synthesise } from './synthesis.ts';

// Of this machine's Node; the functions are deployed with a newer one.
process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED = 'true';

const ending = new AbortController();
const cleanups: (() => unknown)[] = [];

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => end(0));
endWithNpm();
try {
  await start(readSettings(process.env));
} catch (error) {
  await end(1, error instanceof StartError ? error.message : error);
}

async function start(settings: Settings): Promise<void> {
  const { port, baseUrl, contentDir, dataDir } = settings;
  (await listen(port, () => {})).server.close();
  if (dataDir) cleanups.push(await lockFolder(dataDir));
  console.log(`Starting the local stage on port ${port}`);
  const assemblyDir = assemblyFolder(dataDir);
  const [endpoint] = await Promise.all([
    step('DynamoDB', dynamoDb(settings)),
    step('App synthesised', synthesise(contentDir, assemblyDir, ending.signal)),
  ]);
  const started = startStage({
    assemblyDir,
    endpoint,
    tablePrefix: 'newswire-',
    port,
    baseUrl,
    contentDir,
    timers: true,
    ...(dataDir && { dataDir }),
    onPublished: (results) => printImport(results, contentDir),
    log(line, functionId) {
      const text = functionId ? describeLine(line, functionId) : line;
      if (text !== undefined) console.error(text);
    },
  });
  const stage = await step('Tables, routes, stream, schedules', started);
  printImport(await step('Content imported', importContent(stage)), contentDir);
  await printAddresses(stage, baseUrl);
}

/** A new folder: a synthesis that a killed process left behind may still write to its own. */
function assemblyFolder(dataDir: string | undefined): string {
  const parent = dataDir ? join(dataDir, 'assembly') : tmpdir();
  if (dataDir) rmSync(parent, { recursive: true, force: true, maxRetries: 5 });
  mkdirSync(parent, { recursive: true });
  const folder = mkdtempSync(join(parent, 'newswire-'));
  cleanups.push(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

async function dynamoDb({ endpoint, dataDir }: Settings): Promise<string> {
  if (endpoint) {
    await requireDynamoDb(endpoint);
    return endpoint;
  }
  const database = await startDynamoDbLocal(dataDir && join(dataDir, 'dynamodb'));
  cleanups.push(() => database.close());
  void database.ended.then(() => end(1, 'DynamoDB Local has ended: start the stage again'));
  return database.endpoint;
}

async function importContent(stage: Stage): Promise<unknown[]> {
  try {
    return await stage.runTriggers();
  } catch (cause) {
    throw new StartError(`The content could not be imported: ${(cause as Error).message}`, { cause });
  }
}

function printImport(results: unknown[], contentDir: string): void {
  for (const report of results) for (const line of describeImport(report, contentDir)) console.log(line);
}

async function printAddresses({ url }: Stage, baseUrl: string): Promise<void> {
  const news = await fetch(`${url}/news`, { headers: { accept: 'application/json' } });
  const { items } = news.ok ? ((await news.json()) as { items: { url: string }[] }) : { items: [] };
  const addresses = [
    ['Site', `${baseUrl}/`],
    ['Article', items[0]?.url],
    ['RSS', `${baseUrl}/rss.xml`],
    ['Atom', `${baseUrl}/atom.xml`],
    ['JSON Feed', `${baseUrl}/feed.json`],
  ].filter(([, address]) => address);
  console.log(`\n${addresses.map(([name = '', address]) => `${name.padEnd(9)}  ${address}`).join('\n')}\n`);
  console.log('Changes of content are published as you save. Ctrl-C stops.');
}

/** npm that is killed takes its shell along, not this process, which nobody could find again. */
function endWithNpm(): void {
  const parent = process.ppid;
  if (process.env.npm_lifecycle_event) setInterval(() => process.ppid !== parent && end(0), 500).unref();
}

/** What functions are doing is cut off, as a machine can be at any time: nothing is kept but in whole transactions. */
async function end(code: number, problem?: unknown): Promise<void> {
  if (ending.signal.aborted) return;
  ending.abort();
  if (problem) console.error(problem);
  // The lock, which came first, is given up when nothing uses the folder any more.
  for (const cleanup of cleanups.reverse()) await cleanup();
  process.exit(code);
}
