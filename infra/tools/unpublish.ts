import { parseArgs } from 'node:util';
import { requireAccess } from './api/access.ts';
import { RetryingClient } from './api/retrying-client.ts';
import { problemFaults } from './api/write-api.ts';
import { type Command, UsageError } from './command.ts';
import { type Outcome, printOutcomes, refused, refusedFor } from './publish/print-outcomes.ts';

export const unpublish: Command = {
  help: `A slug is the end of an article's address: harbour-opens in /news/harbour-opens. The whole address will do.

  --reason TEXT   shown on the page that stands in for the article
  --to URL        the site's write API, as for publish

An article that came from content/articles stays removed until its file changes; remove the file as well.
Prints one line per article: removed (also if it already was), or refused with the reason.
Exit code 1 if any was refused.`,
  async run(args, terminal) {
    const { values, positionals } = parseArgs({
      args,
      allowPositionals: true,
      options: { to: { type: 'string' }, reason: { type: 'string' } },
    });
    if (positionals.length === 0) throw new UsageError('Name the articles by their slugs');
    const api = new RetryingClient(requireAccess(values.to, terminal.env));
    return printOutcomes(terminal, [...new Set(positionals.map(slugOf))], String, (slug) =>
      remove(api, slug, values.reason),
    );
  },
};

/** Also of an address that was pasted. */
function slugOf(named: string): string {
  const path = URL.canParse(named) ? new URL(named).pathname : named;
  return /^\/news\/([a-z0-9-]+)(?:\.json|\.md|\/)?$/.exec(path)?.[1] ?? named;
}

/** Removes an article, also one that already is. */
export async function remove(
  api: RetryingClient,
  slug: string,
  reason: string | undefined,
): Promise<Outcome> {
  if (!/^[a-z0-9-]+$/.test(slug)) return refusedFor('is no slug: letters a to z, digits and hyphens');
  const answer = await api.send('DELETE', `/articles/${slug}`, reason === undefined ? undefined : { reason });
  if (answer.status === 204) return { word: 'removed' };
  return answer.status === 404 ? refusedFor('there is no such article') : refused(problemFaults(answer));
}
