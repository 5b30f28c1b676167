import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { pageHtml } from '../../functions/article/body-html.ts';
import { renderArticlePage } from '../../functions/pages/article-page.tsx';
import { renderStreamPage } from '../../functions/pages/stream-page.tsx';
import { cardOf, context, plainArticle } from '../fixtures/samples.ts';
import { anyPublished } from './arbitraries.ts';
import { attributesOf, elementsOf, findAll, findOne, readFragment, readPage, textOf } from './html-tree.ts';

test('shows the texts of any article unchanged', () => {
  fc.assert(
    fc.property(anyPublished, ({ article, html }) => {
      const page = readPage(renderArticlePage({ article, html, ...around }, context));

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
  );
});

test('keeps the markup of any article inside its element', () => {
  fc.assert(
    fc.property(anyPublished, ({ article, html }) => {
      const page = readPage(renderArticlePage({ article, html, ...around }, context));

      const body = findOne(page, 'div', 'body');
      expect(body.parentNode).toBe(findOne(page, 'article'));
      expect(findOne(page, 'nav', 'neighbours').parentNode).toBe(findOne(page, 'main'));
      expect(findOne(page, 'footer').parentNode).toBe(findOne(page, 'body'));
      expect(textOf(body)).toBe(textOf(readFragment(pageHtml(html, article, context))));
      const ids = elementsOf(page).map((element) => attributesOf(element).id);
      expect(ids.filter((id) => id === 'content')).toHaveLength(1);
    }),
  );
});

test('lets no article bring script into its page', () => {
  fc.assert(
    fc.property(anyPublished, ({ article, html }) => {
      const page = readPage(renderArticlePage({ article, html, ...around }, context));

      const elements = elementsOf(page);
      const attributes = elements.flatMap((element) => Object.entries(attributesOf(element)));
      expect(
        elements.filter(({ tagName }) =>
          /^(iframe|object|embed|svg|style|template|mglyph|annotation-xml)$/.test(tagName),
        ),
      ).toEqual([]);
      // One of data, which no browser runs.
      expect(findAll(page, 'script').map(attributesOf)).toEqual([{ type: 'application/ld+json' }]);
      expect(JSON.parse(textOf(findOne(page, 'script')))['@graph'][0].headline).toBe(article.title);
      expect(attributes.filter(([name]) => name.startsWith('on'))).toEqual([]);
      expect(attributes.filter(([, value]) => /^\s*(javascript|data|vbscript):/i.test(value))).toEqual([]);
    }),
  );
});

test('shows the texts of any card unchanged', () => {
  fc.assert(
    fc.property(anyPublished, ({ article }) => {
      const card = cardOf(article);

      const page = readPage(
        renderStreamPage(
          { stream: { name: 'news', label: 'news' }, cards: [card], older: undefined, newer: undefined },
          context,
        ),
      );

      const list = findOne(page, 'ol', 'cards');
      expect(textOf(findOne(list, 'h2'))).toBe(card.title);
      expect(findAll(list, 'p', 'p-summary').map(textOf)).toEqual(card.summary ? [card.summary] : []);
    }),
  );
});

const around = { views: 1, previous: cardOf(plainArticle), next: undefined, translations: [] };
