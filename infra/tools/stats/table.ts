import { printable } from '../command.ts';
import type { Period } from './counted.ts';

const graphemes = new Intl.Segmenter();
const wide =
  /[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Hangul}\p{Emoji_Presentation}\u3000-\u303f\uff01-\uff60]/u;
const blocks = '▁▂▃▄▅▆▇█';
const gap = '  ';

/** The lines of a table no wider than this: one per article, and the sum of all. */
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
  // Titles are cut first; slugs only where they would leave no room for a title.
  const slugWidth = Math.min(widest(slugs), Math.max(8, Math.floor(room / 2)));
  const titleWidth = Math.max(8, room - slugWidth - gap.length);
  return left.map((cells, row) =>
    [cells, padTo(slugWidth, cutTo(slugWidth, slugs[row] ?? '')), cutTo(titleWidth, titles[row] ?? '')]
      .join(gap)
      .trimEnd(),
  );
}

/** One character per day, scaled to the row's own highest day. */
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

export function written(n: number): string {
  return n.toLocaleString('en');
}

/** Columns in a terminal: East Asian characters and emoji take two. */
export function widthOf(text: string): number {
  return [...graphemes.segment(text)].reduce((sum, { segment }) => sum + columnsOf(segment), 0);
}

/** The text, or as much of it as fits before an ellipsis. */
export function cutTo(width: number, text: string): string {
  if (widthOf(text) <= width) return text;
  let kept = '';
  let columns = 1;
  for (const { segment } of graphemes.segment(text)) {
    columns += columnsOf(segment);
    if (columns > width) break;
    kept += segment;
  }
  return `${kept.trimEnd()}…`;
}

function padTo(width: number, text: string): string {
  return text + ' '.repeat(Math.max(0, width - widthOf(text)));
}

function columnsOf(grapheme: string): number {
  return wide.test(grapheme) ? 2 : 1;
}
