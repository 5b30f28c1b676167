import type { FileFault } from '../../../functions/article/fault.ts';
import { GivenUpError } from '../api/retrying-client.ts';
import { printable, type Terminal } from '../command.ts';
import { ProgressBar } from './progress-bar.ts';

/** What became of one file or article: one word for it, and why. */
export interface Outcome {
  word: string;
  detail?: string | undefined;
  /** Lines to print below. */
  more?: string[];
}

const shownFaults = 20;
/** Enough to keep a site busy, and far below what its API lets through. */
const workers = 8;

export function refused(faults: (Omit<FileFault, 'line'> & { line?: number })[]): Outcome {
  const described = faults.slice(0, shownFaults).map(({ line, pointer, message }) => {
    const place = line === undefined ? '' : `line ${line} `;
    return `${place}${pointer === '' ? '' : `${pointer.slice(1)}: `}${message}`;
  });
  const more = faults.length - shownFaults;
  if (more > 0) described.push(`and ${more} more`);
  return { word: 'refused', detail: described.join('; ') };
}

export function refusedFor(reason: string): Outcome {
  return { word: 'refused', detail: reason };
}

/**
 * Works on several items at once and prints a line for each when it is done, above a progress bar; then counts the words.
 * Returns the exit code. What `work` throws ends everything, after the counts: no other item is begun.
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
  const finish = async (item: Item) => {
    const { word, detail, more = [] } = await work(item).catch(refuseGivenUp);
    done += 1;
    counts.set(word, (counts.get(word) ?? 0) + 1);
    bar.clear();
    terminal.print(printable(`${word.padEnd(9)}  ${nameOf(item)}${detail ? `: ${detail}` : ''}`));
    for (const line of more) terminal.print(printable(`           ${line}`));
    bar.show(done);
  };
  bar.show(done);
  try {
    await workThrough(items, finish);
  } finally {
    bar.clear();
    if (done < items.length) counts.set('not done', items.length - done);
    const parts = [...counts].map(([word, count]) => `${count.toLocaleString('en')} ${word}`);
    terminal.print(`\n${items.length.toLocaleString('en')} in all: ${parts.join(', ')}`);
  }
  return counts.has('refused') ? 1 : 0;
}

/** Works on several at once. What `work` throws ends everything: no other is begun, and it is thrown when those under way have ended. */
export async function workThrough<Item>(
  items: Iterable<Item> | AsyncIterable<Item>,
  work: (item: Item) => Promise<void>,
): Promise<void> {
  // Unlike an array's own iterator, a generator ends for all workers when one leaves it by an error.
  const queue = (async function* () {
    yield* items;
  })();
  const worker = async () => {
    for await (const item of queue) await work(item);
  };
  const ended = await Promise.allSettled(Array.from({ length: workers }, worker));
  for (const result of ended) if (result.status === 'rejected') throw result.reason;
}

function refuseGivenUp(error: unknown): Outcome {
  if (error instanceof GivenUpError) return refusedFor(`${error.message}; run it again`);
  throw error;
}
