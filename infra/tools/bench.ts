import { parseArgs } from 'node:util';
import type { Command } from './command.ts';

export const bench: Command = {
  usage: '',
  summary: 'Measures how quickly the functions load and answer, and how much they send',
  help: `Runs the content folder's site in the local stage, on a database in memory. Times tell little across
machines and runs: compare the ratios of one run, and the bytes.`,
  async run(args) {
    parseArgs({ args });
    // They load the CDK, which the other commands need not wait for.
    const { loadTimes } = await import('./bench/load-times.ts');
    const { answerTimes } = await import('./bench/answer-times.ts');
    const { withSite } = await import('./measured-site.ts');
    const contentDir = process.env.CONTENT_DIR || 'content';
    const loads = (await loadTimes(contentDir)).map(({ lambda, ...load }) => ({ what: lambda, ...load }));
    print(['function', 'KB', 'ms to load', 'empty = 1'], loads);
    console.log('');
    print(['answer', 'KB sent', 'ms', 'poll = 1'], await withSite(contentDir, answerTimes));
    return 0;
  },
};

interface Figure {
  what: string;
  size: number;
  milliseconds: number;
}

/** The ratio is to the first row. */
function print(heads: string[], figures: Figure[]): void {
  const rows = figures.map(({ what, size, milliseconds }) => [
    what,
    (size / 1000).toFixed(1),
    milliseconds.toFixed(1),
    (milliseconds / (figures[0]?.milliseconds ?? 1)).toFixed(1),
  ]);
  for (const row of [heads, heads.map(() => '---'), ...rows]) console.log(`| ${row.join(' | ')} |`);
}
