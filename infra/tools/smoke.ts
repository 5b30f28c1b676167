import { copyFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { isHttpUrl, requireAccess, withoutEnd } from './api/access.ts';
import type { SiteAccess } from './api/site-client.ts';
import { checkSite } from './check-site.ts';
import { type Command, CommandError, type Terminal, UsageError } from './command.ts';

export const smoke: Command = {
  help: `  --patience SECONDS  how long a write may take to reach readers; 10 if not given
  --results FILE      also writes the results into this file, in vitest's JSON

  BASE_URL     where readers read; http://localhost:3000 if not given
  PUBLISH_URL  the site's write API (the stack's output PublishUrl); BASE_URL if not given
  SITE_URL     what pages and feeds call the site; BASE_URL if not given

Its article is removed whatever happens, also after Ctrl-C. Other articles and their counts stay as they are.
Ends with 1 when a check failed or it was interrupted.`,
  async run(args, terminal) {
    const { values } = parseArgs({
      args,
      options: { patience: { type: 'string', default: '10' }, results: { type: 'string' } },
    });
    const patience = Number(values.patience);
    if (!(patience >= 0)) throw new UsageError(`--patience ${values.patience} is no number of seconds`);
    const site = smokeAccess(terminal.env);
    // Without credentials every signed check would say so.
    if (typeof site.credentials === 'function') await site.credentials();
    const { failed, isInterrupted } = await checkSite(site, { patience }, async (file) => {
      if (values.results) await copyFile(file, values.results);
    });
    if (isInterrupted) terminal.printError('Interrupted; the article of the checks is removed');
    return failed === 0 && !isInterrupted ? 0 : 1;
  },
};

/** Throws CommandError when an address is none, or its write API cannot be signed for. */
export function smokeAccess(environment: Terminal['env']): SiteAccess {
  const baseUrl = environment.BASE_URL || 'http://localhost:3000';
  const siteUrl = environment.SITE_URL || baseUrl;
  const addresses = { BASE_URL: baseUrl, PUBLISH_URL: environment.PUBLISH_URL || baseUrl, SITE_URL: siteUrl };
  for (const [name, value] of Object.entries(addresses))
    if (!isHttpUrl(value)) throw new CommandError(`${name}=${value} is no http or https address`);
  return {
    ...requireAccess(undefined, environment),
    baseUrl: withoutEnd(baseUrl),
    siteUrl: withoutEnd(siteUrl),
  };
}
