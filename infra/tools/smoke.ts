import { parseArgs } from 'node:util';
import { isHttpUrl, requireAccess, withoutEnd } from './api/access.ts';
import { connectionError } from './api/connection-errors.ts';
import { type Command, CommandError, type Terminal } from './command.ts';
import { Desk, type DeskSettings } from './smoke/desk.ts';
import { checkDirectories } from './smoke/directories.ts';
import { checkFeeds } from './smoke/feeds.ts';
import { checkFiles } from './smoke/files.ts';
import { checkMostRead } from './smoke/most-read.ts';
import { checkPublishing } from './smoke/publishing.ts';
import { checkReading } from './smoke/reading.ts';
import { Report } from './smoke/report.ts';

export const smoke: Command = {
  async run(args, terminal) {
    parseArgs({ args });
    const settings = smokeSettings(terminal.env);
    // Else every check that signs would say that there are none.
    if (typeof settings.credentials === 'function') await settings.credentials();
    const start = performance.now();
    const report = new Report(console.log);
    // What it published is removed even then; a second Ctrl-C ends it at once.
    process.once('SIGINT', () => report.stop());
    await checkSite(report, settings);
    const seconds = ((performance.now() - start) / 1000).toFixed(1);
    const interrupted = report.isStopped ? ', interrupted' : '';
    terminal.print(`\n${report.passed} passed, ${report.failed} failed${interrupted} (${seconds} s)`);
    return report.failed === 0 && !report.isStopped ? 0 : 1;
  },
};

/** Everything that can be checked of a site over HTTP. Leaves other articles, and their counts, as they are. */
export async function checkSite(report: Report, settings: DeskSettings): Promise<void> {
  const desk = new Desk(settings);
  const { baseUrl } = settings;
  const isThere = await report.check(`${baseUrl} answers`, () =>
    desk.read('/').catch((cause) => {
      throw connectionError(baseUrl, cause, 'BASE_URL');
    }),
  );
  if (!isThere) return;
  await checkReading(report, desk);
  await checkMostRead(report, desk);
  await checkFeeds(report, desk);
  await checkDirectories(report, desk);
  await checkFiles(report, desk);
  await checkPublishing(report, desk, `smoke-${Date.now().toString(36)}`);
}

/** Throws CommandError when an address is none, or its write API cannot be signed for. */
export function smokeSettings(environment: Terminal['env']): DeskSettings {
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
