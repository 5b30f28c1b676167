import { expect, test } from 'vitest';
import { renderAboutPage } from '../../functions/pages/about-page.tsx';
import { renderArchivePage } from '../../functions/pages/archive-page.tsx';
import { articleJson, type OpenArticle } from '../../functions/pages/article-json.ts';
import { renderArticlePage } from '../../functions/pages/article-page.tsx';
import { renderErrorPage } from '../../functions/pages/error-page.tsx';
import { renderFeedsPage } from '../../functions/pages/feeds-page.tsx';
import { renderFrontPage } from '../../functions/pages/front-page.tsx';
import { mostReadJson, type RankedCards, renderMostReadPage } from '../../functions/pages/most-read-page.tsx';
import { renderStreamPage, streamJson } from '../../functions/pages/stream-page.tsx';
import { stylesheetOf } from '../../functions/pages/stylesheet.ts';
import { readFixture } from '../fixtures/read-fixture.ts';
import {
  cardOf,
  chineseArticle,
  context,
  hostileArticle,
  hostileHtml,
  plainArticle,
} from '../fixtures/samples.ts';
import { attributesOf, findAll, findOne, readPage, textOf } from './html-tree.ts';

const rich: OpenArticle = {
  article: hostileArticle,
  html: hostileHtml,
  views: 930,
  previous: cardOf(plainArticle),
  next: cardOf(chineseArticle),
  translations: [chineseArticle, { ...plainArticle, language: 'ar' }],
};
const plain: OpenArticle = {
  article: plainArticle,
  html: '<p>One sentence says it.</p>',
  views: undefined,
  previous: undefined,
  next: undefined,
  translations: [],
};
const cards = [chineseArticle, hostileArticle, plainArticle].map(cardOf);
const streamPage = {
  stream: { name: 'tag/云计算', label: '云计算' },
  cards,
  path: '/tag/%E4%BA%91%E8%AE%A1%E7%AE%97?before=b0',
  older: '/tag/%E4%BA%91%E8%AE%A1%E7%AE%97?before=b1',
  newer: '/tag/%E4%BA%91%E8%AE%A1%E7%AE%97?after=a1',
};
const monthPage = {
  ...streamPage,
  month: '2026-03',
  path: undefined,
  cards: cards.slice(0, 1),
  older: undefined,
  newer: undefined,
  olderMonth: '2026-02',
  newerMonth: '2027-01',
};
const months = ['2026-03', '2026-02', '2025-12'];

const chineseContext = { ...context, site: { ...context.site, language: 'zh-CN', navigation: [] } };
const streams = [
  { name: 'news', label: 'Gate & Bridge' },
  { name: 'category/r-d-new', label: 'R&D <new>' },
  { name: 'tag/云计算', label: '云计算' },
];
const [chinese, hostile, first] = cards.map((card, index) => ({ ...card, views: 12 - index }));
const ranked = {
  today: [],
  week: [chinese, hostile],
  month: [hostile],
  ever: [first],
} as RankedCards;

test.each([
  ['an article with every field', 'article', () => renderArticlePage(rich, context)],
  ['an article without optional fields', 'plain-article', () => renderArticlePage(plain, context)],
  ['a stream', 'stream', () => renderStreamPage(streamPage, context)],
  ['a month of a stream', 'month', () => renderStreamPage(monthPage, context)],
  [
    'the months of all news',
    'archive',
    () => renderArchivePage({ name: 'news', label: 'news' }, months, context),
  ],
  ['the front page', 'front', () => renderFrontPage({ cards, mostRead: cards.slice(1) }, context)],
  [
    'the front page without articles',
    'empty-front',
    () => renderFrontPage({ cards: [], mostRead: [] }, context),
  ],
  ['most read', 'most-read', () => renderMostReadPage(ranked, context)],
  ['an error', 'error', () => renderErrorPage('gone', context)],
  ['a site in Chinese', 'chinese-about', () => renderAboutPage(chineseContext)],
  ['the page about the feeds', 'feeds', () => renderFeedsPage(streams, context)],
])('renders %s as the expected page', (_what, name, render) => {
  // The fixtures have a line for each tag, to be read by people, and no hash, to outlive a change of colour.
  const page = render().replaceAll('><', '>\n<').replace(stylesheetOf(context).path, '/style.css');

  expect(page).toBe(readFixture(`pages/${name}.html`));
});

test.each([
  ['an article with every field', 'article', () => articleJson(rich, context)],
  ['an article without optional fields', 'plain-article', () => articleJson(plain, context)],
  ['a stream', 'stream', () => streamJson(streamPage, context)],
  ['a month of a stream', 'month', () => streamJson(monthPage, context)],
  ['most read', 'most-read', () => mostReadJson(ranked, context)],
])('renders %s as the expected JSON', (_what, name, render) => {
  expect(JSON.stringify(render())).toBe(JSON.stringify(JSON.parse(readFixture(`pages/${name}.json`))));
});

test.each([
  ['Given by a person', true],
  ['The harbour opens', false],
  ['The harbour…', false],
])('shows the summary %j above the text unless that begins with it', (summary, isShown) => {
  const page = renderArticlePage(
    { ...plain, article: { ...plainArticle, summary }, html: '<p>The harbour opens at night.</p>' },
    context,
  );

  expect(findAll(readPage(page), 'p', 'standfirst').map(textOf)).toEqual(isShown ? [summary] : []);
});

test('keeps the lines of the address block and the digits of its phone number in order', () => {
  const site = { ...context.site, language: 'ar', address: ['+86 755 1234 5678', 'desk@example.com'] };

  const address = findOne(
    readPage(renderFrontPage({ cards: cards.slice(2), mostRead: [] }, { ...context, site })),
    'address',
  );

  expect(textOf(address)).toBe('+86 755 1234 5678\ndesk@example.com\n');
  expect(findAll(address, 'bdi')).toHaveLength(2);
  expect(findAll(address, 'a').map(attributesOf)).toEqual([{ href: 'mailto:desk@example.com' }]);
});

test('leaves empty lists out of the front page', () => {
  const one = renderFrontPage({ cards: cards.slice(2), mostRead: [] }, context);

  expect(findAll(readPage(one), 'aside')).toEqual([]);
  expect(findAll(readPage(one), 'section', 'latest')).toEqual([]);
});

test('links what a line of the footer links', () => {
  const footer = ['See [the <terms>](/about?a=1&b=2), or [write](mailto:desk@news.example.com) [to] us'];
  const page = readPage(renderErrorPage('gone', { ...context, site: { ...context.site, footer } }));

  const line = findAll(findOne(page, 'footer'), 'p').find((one) => textOf(one).startsWith('See'));
  expect(line && textOf(line)).toBe('See the <terms>, or write [to] us');
  expect(line && findAll(line, 'a').map((one) => attributesOf(one).href)).toEqual([
    '/about?a=1&b=2',
    'mailto:desk@news.example.com',
  ]);
});
