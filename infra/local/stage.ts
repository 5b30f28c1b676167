import type { RequestListener } from 'node:http';
import { publishContent } from './content.ts';
import { Functions, type Log } from './functions.ts';
import { gatewayAnswer, send } from './http-answer.ts';
import type { InvocationRecord } from './invocation-record.ts';
import { lambdaFunctions } from './lambda-function.ts';
import { routeTable } from './route-table.ts';
import { serveRoutes } from './routes.ts';
import { schedules, startTimers } from './schedules.ts';
import { listen } from './server.ts';
import { startStreams } from './streams.ts';
import { createTables } from './tables.ts';
import { readTemplate, requireByPrefix, resolvedTemplate, type Template } from './template.ts';
import { triggers } from './triggers.ts';

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
  /** Keeps how far streams have been read; without it they are read from their start. */
  dataDir?: string;
  /** Whether schedules run by the clock, too. */
  timers?: boolean;
  /** Watched: what changes in it is published. */
  contentDir?: string;
  /** Gets the results of the triggers that ran because content had changed. */
  onPublished?(results: unknown[]): void;
  /** Standard error by default. */
  log?: Log;
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
  /** Resolves when all that was written before has gone through the event source mappings. */
  drained(): Promise<void>;
  /** What a failure queue holds. */
  failed(queuePrefix: string): InvocationRecord[];
  runTriggers(): Promise<unknown[]>;
  close(): Promise<void>;
}

/** Runs an assembly as AWS would run its template. */
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
  const {
    assemblyDir,
    endpoint,
    tablePrefix,
    dataDir,
    log = toStandardError,
    now = () => new Date(),
  } = options;
  // The template's functions may need to know the port.
  let handle: RequestListener = (_, response) =>
    send(response, '', gatewayAnswer(503, 'Service Unavailable'));
  const { server, url } = await listen(options.port ?? 0, (request, response) => handle(request, response));
  closers.push(() => server.close().closeAllConnections());

  const template = options.template ?? readTemplate(assemblyDir);
  const find = resolvedTemplate(template, { baseUrl: options.baseUrl ?? url, tablePrefix });
  const tables = await createTables(endpoint, find, tablePrefix);
  const lambdas = lambdaFunctions(find, assemblyDir, endpoint);
  const functions = new Functions(lambdas, log);
  const { invoke } = functions;
  handle = serveRoutes({ match: routeTable(find), invoke, now });
  const streams = await startStreams({ find, endpoint, dataDir, invoke, log });
  closers.push(() => streams.close());
  const rules = schedules(find, invoke);
  const runTriggers = triggers(find, invoke);
  if (options.timers) closers.push(startTimers(rules));

  if (options.contentDir)
    closers.push(
      await publishContent({
        contentDir: options.contentDir,
        assets: lambdas.map(({ folder }) => folder),
        async deploy() {
          await functions.recycle();
          await runTriggers().then(options.onPublished, (error) =>
            log(`The import failed: ${error.message}`),
          );
        },
        log,
      }),
    );
  closers.push(() => functions.recycle());
  return {
    url,
    tables,
    call: invoke,
    fire: async (prefix) => requireByPrefix(new Map(rules.map((rule) => [rule.id, rule])), prefix).fire(),
    drained: streams.drained,
    failed: streams.failed,
    runTriggers,
  };
}

function toStandardError(line: string, functionId?: string): void {
  console.error(functionId ? `${functionId}: ${line}` : line);
}
