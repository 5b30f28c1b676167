import { parseArgs } from 'node:util';
import { isHttpUrl } from './api/access.ts';
import { type Command, printable, UsageError } from './command.ts';
import { type Linted, lintAddress } from './lint/lint-address.ts';

export const lint: Command = {
  help: `  URL        a feed in RSS 2.0, Atom or JSON Feed 1.1, or a page: its feeds are found by autodiscovery
  --history  also every document that a feed goes on in: prev-archive, next_url and the like

Prints a line a fault: the address, the rule, the place in the document and what is wrong. Looks at the
document (RSS 2.0 and its profile, Atom, JSON Feed, modules, history, tombstones) and at HTTP (types,
validators, 304, HEAD, compression, caching). Answers 1 when it has found a fault, else 0.`,
  async run(args, terminal) {
    const options = { history: { type: 'boolean', default: false } } as const;
    const { values, positionals } = parseArgs({ args, allowPositionals: true, options });
    if (positionals.length === 0) throw new UsageError('Name at least one address; lint --help tells more');
    for (const address of positionals)
      if (!isHttpUrl(address)) throw new UsageError(`${address} is no http or https address`);
    let faults = 0;
    for await (const linted of lintAll(positionals, values.history)) {
      faults += linted.faults.length;
      for (const line of describe(linted)) terminal.print(printable(line));
    }
    return faults === 0 ? 0 : 1;
  },
};

async function* lintAll(addresses: string[], withHistory: boolean): AsyncGenerator<Linted> {
  // A map goes on with what is added to it meanwhile, and with nothing twice.
  const wanted = new Map(addresses.map((address) => [address, { isHistory: false }]));
  for (const [address, options] of wanted) {
    const linted = await lintAddress(address, options);
    yield linted;
    if (!linted.isPage && !withHistory) continue;
    for (const next of linted.next) if (!wanted.has(next)) wanted.set(next, { isHistory: !linted.isPage });
  }
}

function describe({ url, faults }: Linted): string[] {
  if (faults.length === 0) return [`ok    ${url}`];
  return faults.map(
    ({ rule, place, message }) => `FAIL  ${url} ${rule}${place ? ` (${place})` : ''}: ${message}`,
  );
}
