import { parseArgs } from 'node:util';
import { requireAccess } from './api/access.ts';
import { RetryingClient } from './api/retrying-client.ts';
import { type Command, UsageError } from './command.ts';
import { findSources } from './publish/find-sources.ts';
import { printOutcomes } from './publish/print-outcomes.ts';
import { inspectSource, publishSource, sendSource } from './publish/send-source.ts';

export const publish: Command = {
  help: `FILES are files or folders; of a folder its .md, .html and .json files. The name without its ending is the
article's address: harbour-opens.md becomes /news/harbour-opens.

  .md    fields between two lines of ---, then Markdown, as in content/articles; publishedAt may be left
         out and is then the time of publication
  .html  the same with HTML below the fields, or a whole page: its <title>, <html lang> and body
  .json  the body of a write request

  --to URL    the site's write API (the stack's output PublishUrl); by default PUBLISH_URL, else BASE_URL,
              else http://localhost:3000
  --dry-run   publishes nothing: says what is faulty, and which articles would be new or are there already
              (what only the site can tell, such as an address that is taken, comes when publishing)

A site on this machine takes the credentials local/local. Any other is signed for with your AWS credentials
(environment, AWS_PROFILE, aws sso login), for the region in its address, else AWS_REGION.

Prints a line a file as it is done: created, replaced, unchanged, or refused with every fault and its line.
A faulty file stops no other. Run it again after a break: what is there already is unchanged.
Ends with 1 when any was refused.`,
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
