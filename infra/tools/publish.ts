import { parseArgs } from 'node:util';
import { requireAccess } from './api/access.ts';
import { RetryingClient } from './api/retrying-client.ts';
import { type Command, UsageError } from './command.ts';
import { findSources } from './publish/find-sources.ts';
import { printOutcomes } from './publish/print-outcomes.ts';
import { inspectSource, publishSource, sendSource } from './publish/send-source.ts';

export const publish: Command = {
  help: `FILES are files or folders; in a folder, its .md, .html and .json files. A file's name becomes the article's address:
harbour-opens.md becomes /news/harbour-opens.

  .md    fields between two lines of ---, then Markdown, as in content/articles; without publishedAt
         the article is published now
  .html  the same with HTML below the fields, or a whole page: its <title>, <html lang> and body
  .json  the body of a write request

  --to URL    the site's write API (the stack's output PublishUrl); by default PUBLISH_URL, else BASE_URL,
              else http://localhost:3000
  --dry-run   publishes nothing: says what is faulty, and which articles are new or already there
              (some faults, such as an address that is taken, only the site finds when publishing)

Requests to a site on this machine are signed with the credentials local/local, all others with your AWS credentials
(environment, AWS_PROFILE, aws sso login) for the region in the address, else AWS_REGION.

Prints one line per file: created, replaced, unchanged, or refused with every fault and its line. A faulty file stops
no other. After an interruption run it again: what is already there is unchanged.
Exit code 1 if any file was refused.`,
  async run(args, terminal) {
    const { values, positionals } = parseArgs({
      args,
      allowPositionals: true,
      options: { to: { type: 'string' }, 'dry-run': { type: 'boolean', default: false } },
    });
    if (positionals.length === 0) throw new UsageError('Name the files, or a folder of them');
    const api = new RetryingClient(requireAccess(values.to, terminal.env));
    const sources = await findSources(positionals);
    const slugs = new Set(sources.map(({ slug }) => slug));
    const sending = values['dry-run'] ? inspectSource : publishSource;
    return printOutcomes(
      terminal,
      sources,
      ({ file }) => file,
      (source) => sendSource(api, source, slugs, sending),
    );
  },
};
