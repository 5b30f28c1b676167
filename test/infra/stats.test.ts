import { describe, expect, test } from 'vitest';
import { type CountedArticle, sumUp } from '../../infra/tools/stats/counted.ts';
import { renderPlot } from '../../infra/tools/stats/plot.ts';
import { cutTo, tableOf, widthOf } from '../../infra/tools/stats/table.ts';
import { readFixture } from '../fixtures/read-fixture.ts';
import { readXml } from '../unit/xml-tree.ts';

function counted(slug: string, views: number, days: CountedArticle['days'], fields = {}): CountedArticle {
  return { slug, title: `About ${slug}`, status: 'published', views, days, ...fields };
}

const hostile = '<script>&"\u{1b}[2J\uD800\uFFFF';
const articles = [
  counted('quay', 40, { '2026-02-27': 1, '2026-03-01': 2 }, { title: '一只装得下整条街的月饼盒子 🙂' }),
  counted('storm-over-the-harbour', 1930, { '2026-02-26': 90, '2026-02-28': 100, '2026-03-01': 1 }),
  counted('hostile', 3, { '2026-03-01': 3 }, { title: hostile, status: 'gone' }),
  counted('old', 930, { '2026-02-25': 5 }),
];
const period = sumUp(articles, '2026-03-01', 4);

test('sums up the days that are asked for, whatever months they are in, the most read first', () => {
  expect(period).toMatchObject({
    days: ['2026-02-26', '2026-02-27', '2026-02-28', '2026-03-01'],
    byDay: [90, 1, 100, 6],
    sum: 197,
    ever: 2903,
    unread: 1,
  });
  expect(period.articles.map(({ slug, sum }) => [slug, sum])).toEqual([
    ['storm-over-the-harbour', 191],
    ['quay', 3],
    ['hostile', 3],
  ]);
});

test('is a table that a terminal has room for, and cannot be steered by', () => {
  expect(tableOf(period, 60)).toEqual([
    'VIEWS   EVER  02-26…03-01  SLUG              TITLE',
    '  191  1,930  █·█▁         storm-over-the-…  About storm-ov…',
    '    3     40  ·▄·█         quay              一只装得下整条…',
    '    3      3  ···█         hostile           (gone) <script…',
    '  197  2,903  █▁█▁         all articles',
  ]);
  expect(tableOf(period, 60).every((line) => widthOf(line) <= 60)).toBe(true);
});

test('cuts nothing where there is no terminal', () => {
  const lines = tableOf(period, Number.POSITIVE_INFINITY);

  expect(lines[1]).toMatch(/storm-over-the-harbour {2}About storm-over-the-harbour$/);
  expect(lines.join('\n')).not.toMatch(/[^\P{Cc}\n]/u);
});

test.each([
  ['abc', 3, 'abc'],
  ['abcd', 3, 'ab…'],
  ['月饼盒', 5, '月饼…'],
  ['月饼盒', 4, '月…'],
  ['e\u0301e\u0301e\u0301', 2, 'e\u0301…'],
  ['👩‍👩‍👧👩‍👩‍👧', 3, '👩‍👩‍👧…'],
])('cuts %s to %i columns', (text, width, expected) => {
  expect(cutTo(width, text)).toBe(expected);
});

describe('the plot', () => {
  test('is the expected picture', () => {
    expect(renderPlot(period)).toBe(readFixture('stats/plot.svg'));
  });

  test('says in words what it shows, and has no script', () => {
    const plot = renderPlot(period);

    expect(() => readXml(plot)).not.toThrow();
    expect(plot).toContain('<title id="title">Views from 2026-02-26 to 2026-03-01: 197</title>');
    expect(plot).toContain('By day: 2026-02-26 90, 2026-02-27 1, 2026-02-28 100, 2026-03-01 6.');
    expect(plot).not.toMatch(/<script|href|\bon\w+=/);
  });

  test.each([1, 7, 31])('is well-formed for %i days without a view', (days) => {
    const plot = renderPlot(sumUp([], '2026-03-01', days));

    expect(() => readXml(plot)).not.toThrow();
    expect(plot).not.toMatch(/NaN|Infinity|undefined/);
  });
});
