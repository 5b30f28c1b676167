import { parseArgs } from 'node:util';
import { requireAccess } from './api/access.ts';
import { RetryingClient } from './api/retrying-client.ts';
import type { Command } from './command.ts';
import { ask, oneSlug } from './versions.ts';

export const preview: Command = {
  help: `  --renew     another address: the last one ends
  --to URL    the site's write API, as for publish

Prints the address at which whoever has it reads an article that is not public yet. It holds for 90 days, and ends when the
article is published or removed.`,
  async run(args, terminal) {
    const { values, positionals } = parseArgs({
      args,
      allowPositionals: true,
      options: { to: { type: 'string' }, renew: { type: 'boolean', default: false } },
    });
    const slug = oneSlug(positionals);
    const api = new RetryingClient(requireAccess(values.to, terminal.env));
    const { text } = await ask(api, slug, 'POST', '/preview', { renew: values.renew });
    terminal.print(JSON.parse(text).url);
    return 0;
  },
};
