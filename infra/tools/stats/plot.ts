import { printable } from '../command.ts';
import type { Period } from './counted.ts';
import { cutTo, written } from './table.ts';

const width = 720;
const margin = 32;
const inner = width - 2 * margin;
const chart = { top: 84, height: 180, left: margin + 44 };
const shownArticles = 5;
const rowHeight = 44;
/** How much of a title fits before its number, in a terminal's columns. */
const titleColumns = 70;
/** With more days the numbers would overlap. */
const mostNumbers = 14;

const style = `
  text { font: 14px system-ui, sans-serif; fill: #1c1c1c }
  .head { font-size: 20px; font-weight: 600 }
  .quiet { font-size: 12px; fill: #595959 }
  .paper { fill: #fff }
  .bar { fill: #1d6a86 }
  .line { stroke: #d9d9d9 }
  @media (prefers-color-scheme: dark) {
    text { fill: #ededed }
    .quiet { fill: #b0b0b0 }
    .paper { fill: #161616 }
    .bar { fill: #6db7d1 }
    .line { stroke: #3a3a3a }
  }`;

/** The views by day and the most read articles as SVG, for light and dark screens, without a script. */
export function renderPlot(period: Period): string {
  const { days, sum } = period;
  const articles = period.articles.slice(0, shownArticles);
  const title = `Views from ${days[0]} to ${days.at(-1)}: ${written(sum)}`;
  const byDay = `By day: ${days.map((day, index) => `${day} ${period.byDay[index]}`).join(', ')}.`;
  const read = articles.map((article) => `${article.title} ${article.sum}`).join('; ');
  const bottom = chart.top + chart.height + 72;
  const height = bottom + (articles.length > 0 ? 32 + articles.length * rowHeight : 0);
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img" aria-labelledby="title description">`,
    `<title id="title">${escaped(title)}</title>`,
    `<desc id="description">${escaped(read === '' ? byDay : `${byDay} Most read: ${read}.`)}</desc>`,
    `<style>${style}\n</style>`,
    `<rect class="paper" width="${width}" height="${height}"/>`,
    text(margin, 48, title, 'head'),
    ...chartOf(period),
    ...(articles.length > 0 ? [text(margin, bottom, 'Most read', 'head')] : []),
    ...articles.flatMap((article, index) =>
      rowOf(article, articles[0]?.sum ?? 1, bottom + 32 + index * rowHeight),
    ),
    '</svg>',
    '',
  ].join('\n');
}

function chartOf({ days, byDay }: Period): string[] {
  const { top, height, left } = chart;
  const right = margin + inner;
  const highest = roundedUp(Math.max(...byDay, 2));
  const base = top + height;
  const step = (right - left) / days.length;
  const lines = [0, highest / 2, highest].flatMap((n) => {
    const y = rounded(base - (n / highest) * height);
    return [
      `<line class="line" x1="${left}" x2="${right}" y1="${y}" y2="${y}"/>`,
      text(left - 8, y + 4, written(n), 'quiet', 'end'),
    ];
  });
  const bars = days.flatMap((day, index) => {
    const n = byDay[index] ?? 0;
    const barHeight = rounded((n / highest) * height);
    const x = rounded(left + (index + 0.15) * step);
    const middle = rounded(left + (index + 0.5) * step);
    const [, month, date = ''] = day.split('-');
    const showsMonth = index === 0 || date === '01';
    return [
      `<rect class="bar" x="${x}" y="${rounded(base - barHeight)}" width="${rounded(0.7 * step)}" height="${barHeight}"><title>${day}: ${written(n)}</title></rect>`,
      text(middle, base + 18, String(Number(date)), 'quiet', 'middle'),
      ...(n > 0 && days.length <= mostNumbers
        ? [text(middle, rounded(base - barHeight - 6), written(n), 'quiet', 'middle')]
        : []),
      ...(showsMonth ? [text(middle, base + 34, monthName(Number(month)), 'quiet', 'middle')] : []),
    ];
  });
  return [...lines, ...bars];
}

function rowOf({ title, sum }: Period['articles'][number], highest: number, y: number): string[] {
  const length = rounded((sum / highest) * inner);
  return [
    text(margin, y, cutTo(titleColumns, title)),
    text(margin + inner, y, written(sum), '', 'end'),
    `<rect class="bar" x="${margin}" y="${y + 8}" width="${length}" height="8"/>`,
  ];
}

function text(x: number, y: number, words: string, className = '', anchor = 'start'): string {
  const look = `${className && ` class="${className}"`}${anchor === 'start' ? '' : ` text-anchor="${anchor}"`}`;
  return `<text x="${x}" y="${y}"${look}>${escaped(words)}</text>`;
}

/** The next round number with an even first digit, or 10. */
function roundedUp(n: number): number {
  const unit = 10 ** Math.floor(Math.log10(n));
  const top = [2, 4, 6, 8, 10].find((times) => times * unit >= n) ?? 10;
  return top * unit;
}

function rounded(n: number): number {
  return Math.round(n * 10) / 10;
}

function monthName(month: number): string {
  return new Date(Date.UTC(2000, month - 1)).toLocaleString('en', { month: 'short', timeZone: 'UTC' });
}

/** Titles come from elsewhere. XML 1.0 allows neither control characters nor lone surrogates: https://www.w3.org/TR/xml/#charsets */
function escaped(words: string): string {
  return printable(words)
    .replace(/\p{Cs}|[\uFFFE\uFFFF]/gu, '\u{FFFD}')
    .replace(/[&<>"]/g, (sign) => `&#${sign.charCodeAt(0)};`);
}
