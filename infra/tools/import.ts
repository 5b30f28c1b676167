import { writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { parseArgs } from 'node:util';
import { isTimeZone } from '../../functions/article/site.ts';
import { requireAccess } from './api/access.ts';
import { RetryingClient } from './api/retrying-client.ts';
import { type Command, CommandError, printable, type Terminal, UsageError } from './command.ts';
import { ImportReport } from './import/import-report.ts';
import { Journal } from './import/journal.ts';
import { OldAddresses } from './import/old-addresses.ts';
import { OldPictures } from './import/old-pictures.ts';
import type { OldSite, ReadOptions } from './import/old-site.ts';
import { openOldSite } from './import/open-old-site.ts';
import { PictureSource } from './import/picture-source.ts';
import { runImport } from './import/run-import.ts';

export const importOldSite: Command = {
  help: `Takes a site that was published with another system: its articles, their pictures, and its old addresses.

  --to URL           the site's write API, as for publish
  --dry-run          stores nothing, fetches no picture: says what would come, and what would not
  --home URL         the old site's address, where its export does not say it
  --zone ZONE        the zone of dates without one, such as Europe/Berlin
  --pictures FOLDER  where the old site's pictures are, such as a copy of wp-content/uploads; without it they are
                     fetched from the old site
  --report FILE      writes everything that the report names, as JSON

Links between the articles lead to their new addresses, and old addresses are redirected to them.
What cannot be taken along is named at the end; an article that is refused stops no other.
Run it again after an interruption, or with a newer export: it goes on, and stores only what is new or changed there.
An article that was edited here since is left alone. What was stored is kept in .newswire/imports.
Exit code 1 if anything was refused.`,
  async run(args, terminal) {
    const { values, positionals } = parseArgs({
      args,
      allowPositionals: true,
      options: {
        to: { type: 'string' },
        'dry-run': { type: 'boolean', default: false },
        home: { type: 'string' },
        zone: { type: 'string' },
        pictures: { type: 'string' },
        report: { type: 'string' },
      },
    });
    const [path, ...others] = positionals;
    if (path === undefined || others.length > 0)
      throw new UsageError('Name one export: a file, a folder, or the address of a feed');
    if (values.home !== undefined && !URL.canParse(values.home))
      throw new UsageError(`--home ${values.home} is no address: write it in full, with https://`);
    if (values.zone !== undefined && !isTimeZone(values.zone))
      throw new UsageError(`--zone ${values.zone} is no time zone: write one such as Europe/Berlin`);
    const site = await openOldSite(path, values);
    return moveIn(site, { ...values, path, isDryRun: values['dry-run'] }, terminal);
  },
};

export interface MoveOptions extends Omit<ReadOptions, 'zone'> {
  /** What was named as the export. */
  path: string;
  to?: string | undefined;
  isDryRun: boolean;
  pictures?: string | undefined;
  report?: string | undefined;
  /** Only tests give one. */
  pause?: ((milliseconds: number) => Promise<unknown>) | undefined;
}

/** Returns the exit code. */
export async function moveIn(site: OldSite, options: MoveOptions, terminal: Terminal): Promise<number> {
  const { path, to, isDryRun, network, pause } = options;
  const home = options.home ?? site.home;
  const access = requireAccess(to, terminal.env);
  const api = new RetryingClient(access);
  const journal = new Journal(journalFile(access.publishUrl, home ?? basename(path), terminal.env));
  const [last] = [...journal.articles.values()].slice(-1);
  if (last && (await api.send('GET', `/articles/${last.slug}`)).status === 404) {
    terminal.printError('The site no longer has what was imported before: beginning anew');
    journal.forget();
  }
  const addresses = new OldAddresses(home);
  const pictures = new OldPictures({
    ...{ api, journal, addresses, isDryRun },
    project: site.folder,
    source: new PictureSource({
      project: site.folder,
      folder: options.pictures,
      from: access.publishUrl,
      network,
      pause,
    }),
    isFetched: options.pictures === undefined,
  });
  const report = new ImportReport();
  const name = addresses.home ? `${site.system} (${addresses.home})` : site.system;
  terminal.print(
    printable(`${name} to ${access.publishUrl}${isDryRun ? ': a dry run, nothing is stored' : ''}`),
  );
  const start = performance.now();
  try {
    await runImport({ site, api, journal, addresses, pictures, report, isDryRun }, terminal.progress);
  } catch (error) {
    if (!(error instanceof CommandError)) throw error;
    const done = report.articles.toLocaleString('en');
    throw new CommandError(
      report.articles === 0
        ? error.message
        : `${error.message}\nIt ended after ${done} articles. Run the same command again: it goes on from there`,
      { cause: error },
    );
  }
  report.seconds = (performance.now() - start) / 1000;
  report.print(terminal, isDryRun);
  if (options.report !== undefined) {
    const json = report.json({
      system: site.system,
      home: addresses.home,
      to: access.publishUrl,
      dryRun: isDryRun,
    });
    writeFileSync(options.report, `${JSON.stringify(json, undefined, 2)}\n`);
  }
  return report.hasRefused ? 1 : 0;
}

/** One for each site and each old site. */
function journalFile(publishUrl: string, oldSite: string, { DATA_DIR }: Terminal['env']): string {
  const folder = !DATA_DIR || DATA_DIR === ':memory:' ? '.newswire' : DATA_DIR;
  const plain = (text: string) =>
    text
      .replace(/^https?:\/\//, '')
      .replace(/[^\w.-]+/g, '-')
      .replace(/^-|-$/g, '');
  return join(folder, 'imports', plain(new URL(publishUrl).host), `${plain(oldSite)}.jsonl`);
}
