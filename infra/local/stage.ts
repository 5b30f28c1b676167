import type { RequestListener } from 'node:http';
import { join } from 'node:path';
import { setting } from '../../functions/runtime/environment.ts';
import { startBucket } from './bucket.ts';
import { openContent } from './content.ts';
import { watchContent } from './content-watch.ts';
import { type Log, readFunctions } from './functions.ts';
import { readResources } from './resources.ts';
import { serveRoutes } from './routes.ts';
import { type RunTriggers, readSchedules, readTriggers, startTimers } from './schedules.ts';
import { listen, sendMessage } from './server.ts';
import { type GivenUp, startStreams } from './streams.ts';
import { createTables } from './tables.ts';
import { readPictures, readTemplate, requireByPrefix, type Template } from './template.ts';

export interface StageOptions {
  /** The stage's own: a change of content changes the assets in it. */
  assemblyDir: string;
  /** Instead of the assembly's. */
  template?: Template;
  /** Of DynamoDB. */
  endpoint: string;
  tablePrefix: string;
  /** Any free one by default. */
  port?: number;
  /** The address that readers use, without a trailing slash; `url` by default. */
  baseUrl?: string;
  /** Remembers from one run on the same tables to the next what was delivered; without it all changes of a day are again. */
  notesDir?: string | undefined;
  /** Where objects are kept, beyond one run; in the assembly by default. */
  bucketDir?: string | undefined;
  /** What stands before the bucket at this address. */
  bucketEndpoint?(endpoint: string): string;
  /** Whether articles that are not public are shown at their addresses. */
  drafts?: boolean | undefined;
  /** Whether schedules run by the clock, too. */
  timers?: boolean;
  /** Watched: what changes in it is published. */
  contentDir?: string;
  /** Gets the results of the triggers that ran because content had changed. */
  onPublished?(results: unknown[]): void;
  log: Log;
  now?(): Date;
}

export interface Stage {
  /** Where it listens. */
  url: string;
  /** The names of the tables by logical id. */
  tables: Record<string, string>;
  /** Invokes a function. Here and below a logical id may be cut short where it remains the only one. */
  call(functionPrefix: string, event: unknown): Promise<unknown>;
  /** Runs the target of a rule now and answers its result. */
  fire(rulePrefix: string): Promise<unknown>;
  /** Resolves when everything that was written before has gone through the event source mappings. */
  drained(): Promise<void>;
  /** What went to a failure queue. */
  failed(queuePrefix: string): GivenUp[];
  runTriggers: RunTriggers;
  close(): Promise<void>;
}

/** Runs an assembly as AWS would run its template; throws StartError at what it does not know of that. */
export async function startStage(options: StageOptions): Promise<Stage> {
  const closers: (() => unknown)[] = [];
  const close = async () => {
    for (const closer of closers.splice(0)) await closer();
  };
  try {
    return { ...(await start(options, closers)), close };
  } catch (error) {
    await close();
    throw error;
  }
}

async function start(options: StageOptions, closers: (() => unknown)[]): Promise<Omit<Stage, 'close'>> {
  const { assemblyDir, contentDir, endpoint, tablePrefix, log, now = () => new Date() } = options;
  // The port comes first: it is part of the functions' settings.
  let handle: RequestListener = (_, response) => sendMessage(response, 503, 'Service Unavailable');
  const { server, url } = await listen(options.port ?? 0, (request, response) => handle(request, response));
  closers.push(() => server.close().closeAllConnections());

  const template = options.template ?? readTemplate(assemblyDir);
  const find = readResources(template, { baseUrl: options.baseUrl ?? url, tablePrefix });
  const bucket = await startBucket(options.bucketDir ?? join(assemblyDir, 'bucket'));
  closers.push(() => bucket.close());
  const s3 = options.bucketEndpoint?.(bucket.endpoint) ?? bucket.endpoint;
  const functions = readFunctions(find, assemblyDir, { dynamodb: endpoint, s3 }, log);
  const { invoke } = functions;
  const assetsBucket = functions.setting(setting.assetsBucket);
  for (const { key, file } of readPictures(assemblyDir)) bucket.bring(assetsBucket, key, file);
  const schedules = readSchedules(find, invoke);
  const runTriggers = readTriggers(find, invoke);
  const serve = serveRoutes(find, invoke, { now, drafts: options.drafts });
  if (contentDir) {
    // Watched first: what is saved meanwhile is published after.
    let publish: Promise<() => Promise<void>> | undefined;
    closers.push(watchContent(contentDir, async () => (await publish)?.()));
    publish = openContent({
      contentDir,
      assets: functions.folders,
      workDir: join(assemblyDir, 'content'),
      bring: ({ file, key }) => bucket.bring(assetsBucket, key, file),
      async deploy(use, { settings }) {
        const results = await runTriggers(async () => {
          use();
          if (settings) await functions.recycle();
        });
        options.onPublished?.(results);
      },
      log,
    });
    await publish;
  }
  const tables = await createTables(endpoint, find, tablePrefix);
  // From here on functions run: what was written before a restart is delivered at once.
  const streams = startStreams({
    find,
    tables: [...tables.values()],
    endpoint,
    notesDir: options.notesDir,
    invoke,
    log,
  });
  closers.push(() => streams.close());
  handle = serve;
  if (options.timers) closers.push(startTimers(schedules.values()));
  closers.push(() => functions.recycle());
  return {
    url,
    tables: Object.fromEntries([...tables].map(([id, { TableName = '' }]) => [id, TableName])),
    call: invoke,
    fire: async (prefix) => requireByPrefix(schedules, prefix).fire(),
    drained: streams.drained,
    failed: streams.failed,
    runTriggers,
  };
}
