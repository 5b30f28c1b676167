import { parseArgs } from 'node:util';
import { describeFault } from '../content-files.ts';
import { requireAccess } from './api/access.ts';
import { RetryingClient } from './api/retrying-client.ts';
import type { Command } from './command.ts';
import { compareWithSite } from './compare-with-site.ts';
import { inspectContent } from './inspect-content.ts';

export const check: Command = {
  help: `  --to URL    also asks this site (the stack's output PublishUrl; by default PUBLISH_URL, where set) what its import
              would refuse: files that changed while their article was edited or deleted through the API,
              and another authority in site.yaml

With TAKE_FILES=yes, or ALLOW_NEW_AUTHORITY=yes, these are no faults. Exit code 1 if there is any fault.`,
  async run(args, terminal) {
    const { env } = terminal;
    const { positionals, values } = parseArgs({
      args,
      allowPositionals: true,
      options: { to: { type: 'string' } },
    });
    const folder = positionals[0] ?? (env.CONTENT_DIR || 'content');
    const { faults, notes, articles, media, authority } = await inspectContent(folder);
    const site = values.to ?? env.PUBLISH_URL;
    if (site) {
      const api = new RetryingClient(requireAccess(site, env));
      const compared = await compareWithSite(api, { folder, articles, authority }, env);
      faults.push(...compared.faults);
      for (const note of compared.notes) terminal.print(note);
    }
    for (const fault of [...faults, ...notes]) terminal.printError(describeFault(fault));
    const broken = new Set(faults.map(({ file }) => file));
    const sound = [...articles.keys()].filter((file) => !broken.has(file)).length;
    const parts = [
      `${counted(sound, 'article')} and ${counted(media, 'image')} fine`,
      broken.size > 0 && `${counted(broken.size, 'file')} broken`,
      notes.length > 0 && counted(notes.length, 'note'),
    ];
    terminal.print(parts.filter(Boolean).join(', '));
    return broken.size === 0 ? 0 : 1;
  },
};

function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}
