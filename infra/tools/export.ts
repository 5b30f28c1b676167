import { parseArgs } from 'node:util';
import { requireAccess } from './api/access.ts';
import { RetryingClient } from './api/retrying-client.ts';
import { type Command, printable, UsageError } from './command.ts';
import { ExportFolder } from './export/export-folder.ts';
import { runExport } from './export/run-export.ts';
import { ProgressBar } from './publish/progress-bar.ts';

export const exportSite: Command = {
  help: `  --to URL      the site's write API, as for publish
  --wxr         published and scheduled articles and drafts as wordpress.xml too, which WordPress imports
  --versions    the former texts of the last 90 days too, in the folder versions

Writes everything that the site has into FOLDER, which is a content folder then: articles (drafts, those under embargo, and
removed ones, whose addresses and ids stay taken), with their counts, ids, guids and old addresses; pictures; redirects and settings
in site.yaml. HTML and plain text stay what they are (format:).

After an interruption, or later, run it again with the same folder: only what is new or has changed is read. A file that you
have changed is never overwritten. A folder that holds anything else is refused.
Exit code 1 if something could not be written.`,
  async run(args, terminal) {
    const { values, positionals } = parseArgs({
      args,
      allowPositionals: true,
      options: {
        to: { type: 'string' },
        wxr: { type: 'boolean', default: false },
        versions: { type: 'boolean', default: false },
      },
    });
    const [name, ...others] = positionals;
    if (name === undefined || others.length > 0) throw new UsageError('Name one folder');
    const access = requireAccess(values.to, terminal.env);
    const folder = new ExportFolder(name, access.publishUrl);
    let bar: ProgressBar | undefined;
    const { wxr, versions } = values;
    const { counts, faults } = await runExport({
      api: new RetryingClient(access),
      folder,
      versions,
      wxr,
      show(done, total) {
        bar ??= new ProgressBar(total, terminal.progress);
        bar.show(done);
      },
    }).finally(() => {
      bar?.clear();
      folder.save();
    });
    for (const fault of faults) terminal.printError(printable(fault));
    for (const path of folder.kept)
      terminal.printError(`${name}/${path} stays as you have changed it: move it away to have it written`);
    if (counts.requests > 0)
      terminal.print(
        `${counts.requests} files in ${name}/redirects hold what site.yaml has no room for: PUT each to /redirects`,
      );
    terminal.print(
      `${counts.published} articles, ${counts.draft} drafts, ${counts.gone} removed ones, ${counts.pictures} pictures and ` +
        `${counts.redirects} redirects in ${name}: ${folder.written} files written`,
    );
    return faults.length + folder.kept.length > 0 ? 1 : 0;
  },
};
