import type { Terminal } from '../command.ts';
import { forEachConcurrently } from './for-each-concurrently.ts';
import { type Outcome, printable } from './outcome.ts';
import { ProgressBar } from './progress-bar.ts';

/**
 * Does `work` for each and prints a line for each as it is done, with a progress bar below, then how many there were of each word.
 * Answers the exit code. What `work` throws ends all, after the counts.
 */
export async function printOutcomes<Item>(
  terminal: Terminal,
  items: Item[],
  nameOf: (item: Item) => string,
  work: (item: Item) => Promise<Outcome>,
): Promise<number> {
  const bar = new ProgressBar(items.length, terminal.progress);
  const counts = new Map<string, number>();
  let done = 0;
  bar.show(done);
  try {
    await forEachConcurrently(items, async (item) => {
      const { word, detail } = await work(item);
      done += 1;
      counts.set(word, (counts.get(word) ?? 0) + 1);
      bar.clear();
      terminal.print(printable(`${word.padEnd(9)}  ${nameOf(item)}${detail ? `: ${detail}` : ''}`));
      bar.show(done);
    });
  } finally {
    bar.clear();
    if (done < items.length) counts.set('not done', items.length - done);
    const parts = [...counts].map(([word, count]) => `${count.toLocaleString('en')} ${word}`);
    terminal.print(`\n${items.length.toLocaleString('en')} in all: ${parts.join(', ')}`);
  }
  return counts.has('refused') ? 1 : 0;
}
