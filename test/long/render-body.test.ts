import { expect, test } from 'vitest';
import { maxBodyBytes, renderBody } from '../../functions/article/render-body.ts';
import { faultsOf, render } from '../support/rendered-body.ts';

test('refuses a body that grows over the bound as clean HTML', () => {
  const body = '<'.repeat(maxBodyBytes / 2);

  expect(() => render({ text: body })).toThrow(
    "The body's clean HTML has 2,000,007 bytes; at most 1,000,000 are allowed",
  );
});

test.each([
  ['links within the article', '<a href="#"></a>', 58_000],
  ['links within the site', '<a href="/"></a>', 58_000],
  ['sizes of an image', `<img src="/a" srcset="${'/a 1x, '.repeat(1_000)}/a 1x">`, 120],
])('refuses %s that are too many for an answer once they are absolute', (_what, html, times) => {
  const place = { baseUrl: `https://${'news.'.repeat(10)}example.com`, slug: 'a'.repeat(100) };

  expect(() => renderBody({ html: html.repeat(times) }, place)).toThrow(
    /^The body's clean HTML, with its addresses absolute, has [\d,]+ bytes; at most 3,000,000 are allowed$/,
  );
});

test('refuses tags left open without end: their parsing would take minutes', () => {
  const fault = { message: 'leaves more than 1,000 tags open' };

  expect(faultsOf({ html: '<b>'.repeat(300_000) })).toMatchObject([{ pointer: '/html', ...fault }]);
  expect(faultsOf({ markdown: 'a <b></x>'.repeat(100_000) })).toMatchObject([
    { pointer: '/markdown', ...fault },
  ]);
});

test('takes as many closed tags as fit, and those that close each other', () => {
  expect(faultsOf({ html: '<b>a</b>'.repeat(100_000) })).toEqual([]);
  expect(faultsOf({ html: '<p>a<br>'.repeat(11_000) + '<li>b'.repeat(11_000) })).toEqual([]);
});

test('takes a thousand footnotes', () => {
  expect(render({ markdown: notes(1000) })).toContain('<li id="fn1000"><p>b <a href="#fnref1000"');
});

test.each([
  ['lists within lists', '- '.repeat(17), '- a\n'],
  ['many small tables', '', '|a\n|-\n\n'],
  ['many headings', '', 'a\n=\n'],
])('refuses %s by their number, before the rest of their rendering', (_what, before, repeated) => {
  const part = before + repeated;
  const markdown = part.repeat(maxBodyBytes / part.length);

  expect(() => render({ markdown })).toThrow(/^The body has [\d,]+ starts and ends of paragraphs/);
});

test('refuses HTML that Markdown makes of little before it is cleaned', () => {
  const markdown = `[^a]: b\n\n${'[^a] '.repeat(50_000)}`;

  expect(() => render({ markdown })).toThrow(
    "The body's HTML, before it is cleaned, has 6,627,933 bytes; at most 3,000,000 are allowed",
  );
});

test('lowers a hundred thousand headings', () => {
  expect(render({ html: '<h1></h1>'.repeat(110_000) })).toBe('<h2></h2>'.repeat(110_000));
});

function notes(count: number): string {
  const names = Array.from({ length: count }, (_, index) => `[^${index}]`);
  return [...names, '', ...names.map((name) => `${name}: b`)].join('\n');
}
