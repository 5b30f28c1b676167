import { parseArgs } from 'node:util';
import { requireAccess } from './api/access.ts';
import { RetryingClient } from './api/retrying-client.ts';
import { type Command, printable } from './command.ts';
import { ProgressBar } from './publish/progress-bar.ts';

interface Page {
  articles: number;
  rows: number;
  findings: { outcome: string; row: string; what: string }[];
  done: number;
  steps: number;
}

export const repair: Command = {
  help: `Computes from the articles alone what every other row should say: cards in streams, the list of all articles, old
addresses, guids and ids, tombstones, embargoes.

  --to URL    the site's write API, as for publish

Prints a line for each row that was wrong:
  added      it was missing
  corrected  it did not match its article
  removed    no article needs it
  broken     an article contradicts itself or its text is damaged: publish it again with a changed text, or restore it
             from a backup

Safe to run at any time, also while the site is read and written. Writes nothing when everything is right.
Exit code 1 if anything is still broken, 2 for a command typed wrongly, otherwise 0.`,
  async run(args, terminal) {
    const { values } = parseArgs({ args, options: { to: { type: 'string' } } });
    const api = new RetryingClient(requireAccess(values.to, terminal.env));
    const counts = new Map<string, number>();
    const seen = { article: 0, row: 0 };
    let bar: ProgressBar | undefined;
    let isWhole = false;
    try {
      const pages = api.pages<Page>('POST', '/repair', 'The site cannot be repaired');
      for await (const { articles, rows, findings, done, steps, next } of pages) {
        seen.article += articles;
        seen.row += rows;
        bar ??= new ProgressBar(steps, terminal.progress);
        bar.clear();
        for (const { outcome, row, what } of findings) {
          counts.set(outcome, (counts.get(outcome) ?? 0) + 1);
          terminal.print(printable(`${outcome.padEnd(9)}  ${what} (${row})`));
        }
        bar.show(done);
        isWhole = next === null;
      }
    } finally {
      bar?.clear();
      const looked = Object.entries(seen).map(([name, count]) => counted(count, name));
      const found = [...counts].map(([outcome, count]) => `${count.toLocaleString('en')} ${outcome}`);
      const end = isWhole ? '' : '; not finished, run it again';
      if (bar) terminal.print(`\n${looked.join(', ')}: ${found.join(', ') || 'nothing to repair'}${end}`);
    }
    return counts.has('broken') ? 1 : 0;
  },
};

function counted(count: number, name: string): string {
  return `${count.toLocaleString('en')} ${name}${count === 1 ? '' : 's'}`;
}
