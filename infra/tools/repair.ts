import { parseArgs } from 'node:util';
import { requireAccess } from './api/access.ts';
import { RetryingClient } from './api/retrying-client.ts';
import type { Command } from './command.ts';
import { printable } from './publish/outcome.ts';
import { ProgressBar } from './publish/progress-bar.ts';

interface Page {
  articles: number;
  rows: number;
  findings: { outcome: string; row: string; what: string }[];
  done: number;
  steps: number;
  next: string | null;
}

export const repair: Command = {
  help: `Beside each article stand rows that follow from it: its cards in streams, its place in the list of all articles, its
old addresses, its guid and id, tombstones, embargoes. All of them are computed anew from the articles alone.

  --to URL    the site's write API, as for publish

Prints a line for each row that was wrong, and what was done:
  added      it was missing
  corrected  it said something else than its article
  removed    no article calls for it
  broken     an article itself contradicts itself, or its text is damaged: nothing tells what it was. Publish it with a
             changed text, or take it from a backup

The site may be read and written meanwhile. When all is right nothing is written; it may be run again at any time.
Ends with 1 when anything is broken, also with 0 when something was mended.`,
  async run(args, terminal) {
    const { values } = parseArgs({ args, options: { to: { type: 'string' } } });
    const api = new RetryingClient(requireAccess(values.to, terminal.env));
    const counts = new Map<string, number>();
    const seen = { article: 0, row: 0 };
    let bar: ProgressBar | undefined;
    let isWhole = false;
    try {
      for await (const { articles, rows, findings, done, steps, next } of api.pages<Page>(
        'POST',
        '/repair',
        'The site cannot be repaired',
      )) {
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
