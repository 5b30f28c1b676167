import { answerTimes } from './answer-times.ts';
import { loadTimes } from './load-times.ts';
import { runInstrument, withSite } from './measured-site.ts';

interface Figure {
  what: string;
  size: number;
  times: number[];
}

// Times say little across machines and runs: compare the ratios of one run, and the bytes.
await runInstrument(async (contentDir) => {
  print(['function', 'KB', 'ms to load', 'empty = 1'], await loadTimes(contentDir));
  console.log('');
  print(['answer', 'KB sent', 'ms', 'poll = 1'], await withSite(contentDir, answerTimes));
});

/** Medians; the ratio is to the first row. */
function print(heads: string[], figures: Figure[]): void {
  const first = median(figures[0]?.times ?? []);
  const rows = figures.map(({ what, size, times }) => [
    what,
    (size / 1000).toFixed(1),
    median(times).toFixed(1),
    (median(times) / first).toFixed(1),
  ]);
  for (const row of [heads, heads.map(() => '---'), ...rows]) console.log(`| ${row.join(' | ')} |`);
}

function median(values: number[]): number {
  return values.toSorted((one, other) => one - other)[Math.floor(values.length / 2)] ?? Number.NaN;
}
