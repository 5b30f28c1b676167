import { parseArgs } from 'node:util';
import { type Access, isHttpUrl, requireAccess, withoutEnd } from './api/access.ts';
import { connectionError } from './api/connection-errors.ts';
import { send } from './api/http.ts';
import { RetryingClient } from './api/retrying-client.ts';
import { type Command, CommandError, type Terminal, UsageError } from './command.ts';
import { runVitest } from './run-vitest.ts';

export interface SiteAccess extends Access {
  /** Where readers read. Without a slash at the end, as the one below. */
  baseUrl: string;
  /** What pages and feeds call the site. */
  siteUrl: string;
}

/** What the checks in test/smoke are told, as JSON in SMOKE_RUN. */
export interface SmokeRun {
  /** Without credentials, the checks look for AWS's own. */
  site: Omit<SiteAccess, 'credentials'> & Partial<Pick<SiteAccess, 'credentials'>>;
  /** Of the one article that they publish. */
  slug: string;
  /** Seconds that a write may take to reach readers. */
  patience: number;
  /** Leaves out what an emulator of AWS cannot do. */
  isEmulated: boolean;
}

export const smoke: Command = {
  help: `  --patience SECONDS  how long a write may take to reach readers and sitemaps; 150 if not given
  --results FILE      also writes the results into this file, in vitest's JSON

  BASE_URL     where readers read; http://localhost:3000 if not given
  PUBLISH_URL  the site's write API (the stack's output PublishUrl); BASE_URL if not given
  SITE_URL     what pages and feeds call the site; BASE_URL if not given

Its article is removed whatever happens, also after Ctrl-C. Other articles and their counts stay as they are.
Ends with 1 when a check failed or it was interrupted.`,
  async run(args, terminal) {
    const { values } = parseArgs({
      args,
      options: { patience: { type: 'string', default: '150' }, results: { type: 'string' } },
    });
    const patience = Number(values.patience);
    if (!(patience >= 0)) throw new UsageError(`--patience ${values.patience} is no number of seconds`);
    const site = smokeAccess(terminal.env);
    const { credentials, ...addresses } = site;
    const areOwn = typeof credentials === 'function';
    // Without credentials every signed check would say so.
    if (areOwn) await credentials();
    await send(`${site.baseUrl}/`).catch((cause) => {
      throw connectionError(site.baseUrl, cause, 'BASE_URL');
    });
    const slug = `smoke-${Date.now().toString(36)}`;
    const run: SmokeRun = { site: areOwn ? addresses : site, slug, patience, isEmulated: false };
    const { hasPassed, isInterrupted } = await runVitest({
      config: 'test/smoke/vitest.config.ts',
      env: { SMOKE_RUN: JSON.stringify(run) },
      results: values.results,
      cleanUp: () => remove(site, slug),
    });
    if (isInterrupted) terminal.printError('Interrupted; the article of the checks is removed');
    return hasPassed ? 0 : 1;
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

async function remove(site: SiteAccess, slug: string): Promise<void> {
  const { status } = await new RetryingClient(site).send('DELETE', `/articles/${slug}`);
  if (status !== 204 && status !== 404)
    throw new CommandError(`/news/${slug} is still published (${status}): run newswire unpublish ${slug}`);
}
