import { printable } from '../publish/outcome.ts';
import type { Period } from './counted.ts';
import { cutTo, padTo, widthOf } from './text-width.ts';

const blocks = '▁▂▃▄▅▆▇█';
const gap = '  ';

/** The lines of a table at most as wide as this: an article a line, and what all have together. */
export function tableOf({ articles, days, byDay, sum, ever }: Period, width: number): string[] {
  const numbers = [
    ['VIEWS', 'EVER'],
    ...articles.map((article) => [written(article.sum), written(article.views)]),
    [written(sum), written(ever)],
  ];
  const curves = [span(days), ...articles.map((article) => curve(article.byDay)), curve(byDay)];
  const left = alignRight(numbers).map(
    (cells, row) => cells + gap + padTo(widest(curves), curves[row] ?? ''),
  );
  const room = width - widthOf(left[0] ?? '') - gap.length;
  const slugs = ['SLUG', ...articles.map(({ slug }) => printable(slug)), 'all articles'];
  const titles = [
    'TITLE',
    ...articles.map(({ title, status }) =>
      printable(status === 'published' ? title : `(${status}) ${title}`),
    ),
    '',
  ];
  // Titles may be cut short; slugs only where they would leave no room for any.
  const slugWidth = Math.min(widest(slugs), Math.max(8, Math.floor(room / 2)));
  const titleWidth = Math.max(8, room - slugWidth - gap.length);
  return left.map((cells, row) =>
    [cells, padTo(slugWidth, cutTo(slugWidth, slugs[row] ?? '')), cutTo(titleWidth, titles[row] ?? '')]
      .join(gap)
      .trimEnd(),
  );
}

/** The days' views as a curve of one sign a day, each row by its own highest. */
function curve(byDay: number[]): string {
  const highest = Math.max(...byDay);
  return byDay.map((n) => (n === 0 ? '·' : blocks[Math.ceil((n / highest) * blocks.length) - 1])).join('');
}

/** The first and the last of the days. */
function span(days: string[]): string {
  const [first = '', last = ''] = [days[0], days.at(-1)].map((day) => day?.slice('yyyy-'.length));
  return days.length === 1 ? last : `${first}…${last}`;
}

function alignRight(rows: string[][]): string[] {
  const widths = (rows[0] ?? []).map((_, column) => widest(rows.map((row) => row[column] ?? '')));
  return rows.map((row) => row.map((cell, column) => cell.padStart(widths[column] ?? 0)).join(gap));
}

function widest(texts: string[]): number {
  return texts.reduce((width, text) => Math.max(width, widthOf(text)), 0);
}

function written(n: number): string {
  return n.toLocaleString('en');
}
