import { cpSync, linkSync, mkdirSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, inject } from 'vitest';
import type { Store } from '../../functions/store/connection.ts';
import type { ImportSummary } from '../../functions/store/import-state.ts';
import { type Stage, startStage } from '../../infra/local/stage.ts';
import { readTemplate, type Template } from '../../infra/local/template.ts';
import { prepareContent } from '../../infra/prepared-content.ts';
import { contentFolder, temporaryFolder } from '../infra/content-folder.ts';
import { checkStore } from './checker.ts';
import { requireDescribed } from './described.ts';
import { type Guard, startGuard } from './permissions/guard.ts';
import { judge } from './permissions/judge.ts';
import { connectLocal } from './tables.ts';

export interface SiteOptions {
  /** Of the content folder, by their paths below it. */
  files?: Record<string, string | Buffer>;
  /** DynamoDB, or what stands before it. */
  endpoint?: string;
  /** One of its own, where so much is stored that the one of the run would be slow for all. */
  database?: string;
  baseUrl?: string;
  /** Of a site that runs already, to share its tables. */
  tablePrefix?: string;
  /** How many times longer than in Lambda a function may take, ten by default: a busy machine does everything later. */
  patience?: number;
  /** Whether articles that are not public are shown at their addresses. */
  drafts?: boolean;
  /** Changes the template before the stage runs it. */
  change?: (template: Template) => void;
  /** Gets each line that a function prints. */
  log?: (line: string) => void;
}

/** A local stage of its own tables that has imported its content. Its functions may do what their roles grant, and nothing else. */
export interface Site {
  stage: Stage;
  /** Knows what the functions have asked of DynamoDB. */
  guard: Guard;
  url: string;
  contentDir: string;
  imported: ImportSummary;
  fetch(path: string, init?: RequestInit): Promise<Response>;
  /** The JSON at a path. */
  // biome-ignore lint/suspicious/noExplicitAny: a test reads what it expects
  json(path: string): Promise<any>;
  /** Gets the next import that a change of the content folder leads to. */
  onImport(get: (report: ImportSummary) => void): void;
  /** Saves files of the content folder, removes those that are undefined, and answers the import that follows. */
  save(files: Record<string, string | Buffer | undefined>): Promise<ImportSummary>;
  /** Its tables, without anything between. */
  store: Store;
  /** What the checker finds wrong in the tables. */
  check(): Promise<string[]>;
  close(): Promise<void>;
}

export async function startSite(options: SiteOptions = {}): Promise<Site> {
  const contentDir = contentFolder(options.files);
  const assemblyDir = await assemblyWith(contentDir);
  const template = readTemplate(assemblyDir);
  for (const { Type, Properties } of Object.values(template.Resources))
    if (Type === 'AWS::Lambda::Function') Properties.Timeout *= options.patience ?? 10;
  // Without pictures there is nothing to take over, and an environment less to start.
  if (!Object.keys(options.files ?? {}).some((path) => path.startsWith('media/')))
    for (const [id, { Type }] of Object.entries(template.Resources))
      if (Type === 'Custom::Trigger' && id.startsWith('Media')) delete template.Resources[id];
  options.change?.(template);
  const database = options.database ?? inject('dynamodbEndpoint');
  const guard = await startGuard(options.endpoint ?? database, template);
  const imports: ((report: ImportSummary) => void)[] = [];
  const stage = await startStage({
    assemblyDir,
    template,
    endpoint: guard.endpoint,
    bucketEndpoint: guard.guardBucket,
    tablePrefix: options.tablePrefix ?? `${crypto.randomUUID()}-`,
    contentDir,
    drafts: options.drafts,
    ...(options.baseUrl && { baseUrl: options.baseUrl }),
    onPublished: (results) => imports.shift()?.(results.at(-1) as ImportSummary),
    log: options.log ?? (() => {}),
  });
  const imported = (await stage.runTriggers()).at(-1);
  const store = {
    client: connectLocal({ endpoint: database }),
    content: stage.tables.Content ?? '',
    views: stage.tables.Views ?? '',
  };
  const get = async (path: string, init?: RequestInit) => {
    const response = await fetch(stage.url + path, { redirect: 'manual', ...init });
    await requireDescribed(init?.method ?? 'GET', stage.url + path, response);
    return response;
  };
  return {
    stage,
    guard,
    url: stage.url,
    contentDir,
    imported: imported as ImportSummary,
    fetch: get,
    json: async (path) => (await get(path, { headers: { Accept: 'application/json' } })).json(),
    onImport: (get) => void imports.push(get),
    save(files) {
      const report = new Promise<ImportSummary>((resolve) => imports.push(resolve));
      for (const [name, text] of Object.entries(files)) {
        if (text === undefined) rmSync(join(contentDir, name));
        else writeFileSync(join(contentDir, name), text);
      }
      return report;
    },
    store,
    check: () => checkStore(store, { now: new Date().toISOString() }),
    async close() {
      await stage.close();
      await guard.close();
    },
  };
}

/** The run's assembly, with this content in the assets that have any. */
async function assemblyWith(contentDir: string): Promise<string> {
  const prepared = temporaryFolder();
  await prepareContent(contentDir, prepared);
  const built = inject('assembly');
  const folder = temporaryFolder();
  for (const entry of readdirSync(built, { withFileTypes: true })) {
    const [from, to] = [join(built, entry.name), join(folder, entry.name)];
    if (!entry.isDirectory()) {
      linkSync(from, to);
      continue;
    }
    mkdirSync(to);
    for (const part of readdirSync(from))
      if (part === 'node_modules' || part === 'assets') symlinkSync(join(from, part), join(to, part));
      else if (part !== 'content') linkSync(join(from, part), join(to, part));
      else
        for (const name of readdirSync(join(from, part)))
          cpSync(join(prepared, name), join(to, part, name), { recursive: true });
  }
  return folder;
}

/** The zone in which it is about noon: no test that runs there meets midnight. */
export function zoneAtNoon(): string {
  const ahead = 12 - new Date().getUTCHours();
  // POSIX turns the sign round: Etc/GMT-8 is Shanghai's.
  return ahead < 0 ? `Etc/GMT+${-ahead}` : `Etc/GMT-${ahead}`;
}

/** The text of an article file with these lines of front matter. */
export function articleFile(
  title: string,
  publishedAt: string,
  fields: string[] = [],
  body = 'Some text.',
): string {
  return [
    '---',
    `title: ${JSON.stringify(title)}`,
    `publishedAt: ${publishedAt}`,
    ...fields,
    '---',
    '',
    body,
  ].join('\n');
}

/** Fails with what the checker says, and with what a function was refused. */
export async function expectSound(site: Site): Promise<void> {
  expect(await site.check()).toEqual([]);
  expect((await judge(site.guard.roles, site.guard.accesses)).denied).toEqual([]);
}

/** Closes a site that expectSound finds sound. */
export async function closeSound(site: Site): Promise<void> {
  await expectSound(site);
  await site.close();
}
