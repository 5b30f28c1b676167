import { readFile } from 'node:fs/promises';
import { text } from 'node:stream/consumers';
import { parseArgs } from 'node:util';
import { type Level, lintFeed } from '../../functions/lint/lint-feed.ts';
import { isHttpUrl } from './api/access.ts';
import { type Command, printable, UsageError } from './command.ts';
import { type Linted, lintAddress } from './lint/lint-address.ts';

export const lint: Command = {
  help: `  URL        a feed in RSS 2.0, Atom or JSON Feed 1.1, or a page: its feeds are found by autodiscovery
  FILE       a feed in a file; - reads it from standard input
  --history  also the other documents of each feed: prev-archive, next_url and the like
  --strict   end with 1 for advice as well

Prints a line per fault: its level, the address, the rule, the place in the document and what is wrong.
  fatal   readers and parsers break
  error   against what the format or the protocol demands
  advice  against a profile, or unkind to readers
It judges the document (RSS 2.0 and its profile, Atom, JSON Feed, modules, history, tombstones) and, at an
address, HTTP too (types, validators, 304, HEAD, compression, caching). Exit code 1 for fatal faults and
errors, 2 for a command typed wrongly, otherwise 0.`,
  async run(args, terminal) {
    const { values, positionals } = parseArgs({
      args,
      allowPositionals: true,
      options: {
        history: { type: 'boolean', default: false },
        strict: { type: 'boolean', default: false },
      },
    });
    if (positionals.length === 0)
      throw new UsageError('Name at least one address or file; lint --help tells more');
    const count: Record<Level, number> = { fatal: 0, error: 0, advice: 0 };
    let documents = 0;
    for await (const { url, faults } of lintAll(positionals, values.history)) {
      documents += 1;
      if (faults.length === 0) terminal.print(printable(`ok      ${url}`));
      for (const { level, rule, place, message } of faults) {
        count[level] += 1;
        const where = place ? ` (${place})` : '';
        terminal.print(printable(`${level.padEnd(6)}  ${url} ${rule}${where}: ${message}`));
      }
    }
    const { fatal, error, advice } = count;
    const read = documents === 1 ? '1 document' : `${documents} documents`;
    terminal.print(
      `${fatal} fatal, ${error} ${error === 1 ? 'error' : 'errors'}, ${advice} advice in ${read}`,
    );
    return fatal + error + (values.strict ? advice : 0) > 0 ? 1 : 0;
  },
};

async function* lintAll(named: string[], withHistory: boolean): AsyncGenerator<Linted> {
  // A map goes on with what is added to it meanwhile, and holds nothing twice.
  const wanted = new Map(named.map((address) => [address, { isHistory: false }]));
  for (const [address, options] of wanted) {
    const linted = isHttpUrl(address) ? await lintAddress(address, options) : await lintFile(address);
    yield linted;
    if (!linted.isPage && !withHistory) continue;
    for (const next of linted.next) if (!wanted.has(next)) wanted.set(next, { isHistory: !linted.isPage });
  }
}

async function lintFile(name: string): Promise<Linted> {
  const document =
    name === '-' ? await text(process.stdin) : await readFile(name, 'utf8').catch(refuse(name));
  return { url: name, faults: lintFeed(document, {}), isPage: false, next: [] };
}

function refuse(name: string) {
  return (error: NodeJS.ErrnoException): never => {
    throw new UsageError(`${name} is no http or https address, and no file that can be read (${error.code})`);
  };
}
