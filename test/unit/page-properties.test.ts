import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { pageHtml } from '../../functions/publish/addresses.ts';
import { renderArticlePage } from '../../functions/publish/article-page.tsx';
import { renderStreamPage } from '../../functions/publish/stream-page.tsx';
import { cardOf, context } from '../fixtures/samples.ts';
import { anyPublished } from './arbitraries.ts';
import { attributesOf, elementsOf, findAll, findOne, readFragment, readPage, textOf } from './html-tree.ts';

const runs = { numRuns: 150 };

test('any article’s texts come back from its page as they were', () => {
  fc.assert(
    fc.property(anyPublished, ({ article, html }) => {
      const page = readPage(renderArticlePage({ article, html, ...alone }, context));

      expect(textOf(findOne(page, 'title'))).toBe(`${article.title} – Gate & Bridge`);
      expect(textOf(findOne(findOne(page, 'article'), 'h1'))).toBe(article.title);
      const [description] = findAll(page, 'meta')
        .map(attributesOf)
        .filter(({ name }) => name === 'description');
      expect(description?.content ?? '').toBe(article.summary);
      const labels = findAll(page, 'ul', 'tags').flatMap((list) => findAll(list, 'a').map(textOf));
      expect(labels).toEqual(article.tags);
      const lead = findAll(page, 'img', 'lead').map((image) => attributesOf(image).alt);
      expect(lead).toEqual(article.image ? [article.image.alt ?? ''] : []);
    }),
    runs,
  );
});

test('no article breaks out of its place in the page', () => {
  fc.assert(
    fc.property(anyPublished, ({ article, html }) => {
      const page = readPage(renderArticlePage({ article, html, ...alone }, context));

      const body = findOne(page, 'div', 'body');
      expect(body.parentNode).toBe(findOne(page, 'article'));
      expect(findOne(page, 'nav', 'neighbours').parentNode).toBe(findOne(page, 'main'));
      expect(findOne(page, 'footer').parentNode).toBe(findOne(page, 'body'));
      expect(textOf(body)).toBe(textOf(readFragment(pageHtml(html, context))));
      const ids = elementsOf(page).map((element) => attributesOf(element).id);
      expect(ids.filter((id) => id === 'content')).toHaveLength(1);
    }),
    runs,
  );
});

test('no article brings script into its page', () => {
  fc.assert(
    fc.property(anyPublished, ({ article, html }) => {
      const page = readPage(renderArticlePage({ article, html, ...alone }, context));

      const elements = elementsOf(page);
      const attributes = elements.flatMap((element) => Object.entries(attributesOf(element)));
      expect(
        elements.filter(({ tagName }) => /^(script|iframe|object|embed|svg|math)$/.test(tagName)),
      ).toEqual([]);
      expect(attributes.filter(([name]) => name.startsWith('on'))).toEqual([]);
      expect(attributes.filter(([, value]) => /^\s*(javascript|data|vbscript):/i.test(value))).toEqual([]);
    }),
    runs,
  );
});

test('any card’s texts come back from the page of its stream as they were', () => {
  fc.assert(
    fc.property(anyPublished, ({ article }) => {
      const card = cardOf(article);

      const page = readPage(
        renderStreamPage(
          { stream: 'news', label: 'news', cards: [card], older: undefined, newer: undefined },
          context,
        ),
      );

      const list = findOne(page, 'ol', 'cards');
      expect(textOf(findOne(list, 'h2'))).toBe(card.title);
      expect(findAll(list, 'p').map(textOf)[0]).toBe(card.summary);
    }),
    runs,
  );
});

const alone = { views: 1, previous: undefined, next: undefined };
