import { expect, test } from 'vitest';
import { renderArticlePage } from '../../functions/pages/article-page.tsx';
import { renderFrontPage } from '../../functions/pages/front-page.tsx';
import { cardOf, context, plainArticle } from '../fixtures/samples.ts';
import { attributesOf, findAll, findOne, readPage, textOf } from './html-tree.ts';

const cards = [cardOf(plainArticle)];
const around = { views: 1, previous: undefined, next: undefined, translations: [] };

test.each([
  ['Given by a person', true],
  ['The harbour opens', false],
  ['The harbour…', false],
])('shows the summary %j above the text unless that begins with it', (summary, isShown) => {
  const page = renderArticlePage(
    { ...around, article: { ...plainArticle, summary }, html: '<p>The harbour opens at night.</p>' },
    context,
  );

  expect(findAll(readPage(page), 'p', 'standfirst').map(textOf)).toEqual(isShown ? [summary] : []);
});

test('writes addresses so that they stay lines, and in order', () => {
  const site = { ...context.site, language: 'ar', address: ['+86 755 1234 5678', 'desk@example.com'] };

  const address = findOne(
    readPage(renderFrontPage({ cards, mostRead: [] }, { ...context, site })),
    'address',
  );

  expect(textOf(address)).toBe('+86 755 1234 5678\ndesk@example.com\n');
  expect(findAll(address, 'bdi')).toHaveLength(2);
  expect(findAll(address, 'a').map(attributesOf)).toEqual([{ href: 'mailto:desk@example.com' }]);
});

test('leaves out of the front page what there is nothing of', () => {
  const one = renderFrontPage({ cards, mostRead: [] }, context);

  expect(findAll(readPage(one), 'aside')).toEqual([]);
  expect(findAll(readPage(one), 'section', 'latest')).toEqual([]);
});
