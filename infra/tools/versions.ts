import { parseArgs } from 'node:util';
import { requireAccess } from './api/access.ts';
import { RetryingClient } from './api/retrying-client.ts';
import { problemFaults } from './api/write-api.ts';
import { type Command, CommandError, printable, UsageError } from './command.ts';

interface Version {
  n: number;
  title: string;
  when: string | null;
  who: string | null;
  way: string;
}

export const versions: Command = {
  help: `  --to URL    the site's write API, as for publish

Prints one line per former text of the last 90 days, newest first: its number, when it was stored, by which way,
by whom, and its title.`,
  async run(args, terminal) {
    const { values, positionals } = parseArgs({
      args,
      allowPositionals: true,
      options: { to: { type: 'string' } },
    });
    const slug = oneSlug(positionals);
    const answer = await ask(
      new RetryingClient(requireAccess(values.to, terminal.env)),
      slug,
      'GET',
      '/versions',
    );
    const { items } = JSON.parse(answer.text) as { items: Version[] };
    if (items.length === 0) terminal.printError(`${slug} has no former texts of the last 90 days`);
    for (const { n, when, way, who, title } of items)
      terminal.print(printable([n, when ?? 'unknown', way, who ?? 'unknown', title].join('  ')));
    return 0;
  },
};

export const restore: Command = {
  help: `  --version N    the number that the command versions prints (default: the newest)
  --to URL       the site's write API, as for publish

Puts a former text back, also after a deletion. Id, views and old addresses stay. What it replaces is a version too.`,
  async run(args, terminal) {
    const { values, positionals } = parseArgs({
      args,
      allowPositionals: true,
      options: { to: { type: 'string' }, version: { type: 'string' } },
    });
    const slug = oneSlug(positionals);
    if (values.version !== undefined && !/^[1-9]\d*$/.test(values.version))
      throw new UsageError('--version takes the number of a version');
    const api = new RetryingClient(requireAccess(values.to, terminal.env));
    // The newest one is named too: a repetition after a lost answer must not put back what was just replaced.
    const { items } = JSON.parse((await ask(api, slug, 'GET', '/versions')).text) as { items: Version[] };
    const version = values.version === undefined ? items[0]?.n : Number(values.version);
    if (version === undefined) throw new CommandError(`${slug} has no former texts of the last 90 days`);
    const { text } = await ask(api, slug, 'POST', '/restore', { version });
    terminal.print(printable(`restored  ${slug}: ${JSON.parse(text).url}`));
    return 0;
  },
};

export const erase: Command = {
  help: `  --yes       do not ask
  --to URL    the site's write API, as for publish

Takes a removed article out of the site for good: its text, all former texts, title, names and labels. Its page goes on answering
410, and no other article gets its id. A content file of it is refused from then on: remove the file as well.
Asks to type the slug first. Repeat it if it was interrupted.`,
  async run(args, terminal) {
    const { values, positionals } = parseArgs({
      args,
      allowPositionals: true,
      options: { to: { type: 'string' }, yes: { type: 'boolean' } },
    });
    const slug = oneSlug(positionals);
    const api = new RetryingClient(requireAccess(values.to, terminal.env));
    const question = `Nothing brings it back. Type ${slug} to erase it: `;
    if (!values.yes && (await terminal.ask(question)).trim() !== slug)
      throw new CommandError(`${slug} was not typed: nothing is erased`);
    await ask(api, slug, 'POST', '/erase');
    terminal.print(`erased  ${slug}`);
    return 0;
  },
};

export function oneSlug(positionals: string[]): string {
  const [slug, ...others] = positionals;
  if (slug === undefined || others.length > 0) throw new UsageError('Name one article by its slug');
  if (!/^[a-z0-9-]+$/.test(slug))
    throw new UsageError(`${slug} is no slug: letters a to z, digits and hyphens`);
  return slug;
}

/** The answer of the write API. Throws CommandError with the reason when it refuses. */
export async function ask(
  api: RetryingClient,
  slug: string,
  method: 'GET' | 'POST',
  path: string,
  body?: object,
) {
  const answer = await api.send(method, `/articles/${slug}${path}`, body);
  if (answer.status === 404)
    throw new CommandError(
      ['', '/erase', '/preview'].includes(path)
        ? `${slug}: there is no such article (newswire -- list)`
        : `${slug}: there is no such article, or no such version: see newswire -- versions ${slug}`,
    );
  if (answer.status === 308)
    throw new CommandError(
      `${slug} is an old address: name the article by its present one (newswire -- list)`,
    );
  if (answer.status >= 300) {
    const faults = problemFaults(answer).map(({ pointer, message }) => `${pointer} ${message}`.trim());
    throw new CommandError(`${slug}: ${faults.join('; ')}`);
  }
  return answer;
}
