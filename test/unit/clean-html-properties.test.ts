import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { renderBody } from '../../functions/article/render-body.ts';
import { findForbiddenCharacter } from '../../functions/article/text.ts';
import { anyHtml, anyText, place } from './arbitraries.ts';
import { attributesOf, elementsOf, nodeKindsOf, readFragment, textOf } from './html-tree.ts';
import { readXml } from './xml-tree.ts';

const tags = new Set(
  (
    'a abbr b bdi bdo blockquote br caption cite code col colgroup dd del details dfn div dl dt em figcaption figure ' +
    'h2 h3 h4 h5 h6 hr i img ins kbd li mark ol p picture pre q rp rt ruby s samp section small source strong sub ' +
    'summary sup table tbody td tfoot th thead time tr u ul var video wbr span audio track math menclose merror mfrac mi ' +
    'mmultiscripts mn mo mover mpadded mphantom mprescripts mroot mrow ms mspace msqrt mstyle msub msubsup msup ' +
    'mtable mtd mtext mtr mlabeledtr munder munderover none'
  ).split(' '),
);
const attributes = new Set(
  (
    'abbr alt class colspan controls datetime dir headers height href hreflang id lang loop media muted open poster ' +
    'preload rel reversed rowspan scope sizes span src srcset start title type value width'
  ).split(' '),
);
const knownUrl = /^(#|\/(?!\/)|https?:\/\/|mailto:|tel:)/;

test('any body is left with allowed elements and attributes only', () => {
  fc.assert(
    fc.property(anyHtml, (html) => {
      const elements = elementsOf(readFragment(html));

      const names = elements.flatMap((element) => Object.keys(attributesOf(element)));
      expect(elements.map(({ tagName }) => tagName).filter((tag) => !tags.has(tag))).toEqual([]);
      expect(names.filter((name) => !attributes.has(name))).toEqual([]);
    }),
  );
});

test('any body has addresses of the site, http, mailto or tel only', () => {
  fc.assert(
    fc.property(anyHtml, (html) => {
      const elements = elementsOf(readFragment(html));

      const urls = elements
        .flatMap((element) => {
          const { href, src, poster, srcset } = attributesOf(element);
          return [href, src, poster, ...(srcset?.split(', ') ?? [])];
        })
        .filter((url) => url !== undefined);
      expect(urls.filter((url) => !knownUrl.test(url))).toEqual([]);
    }),
  );
});

test('any body becomes well-formed elements and text', () => {
  fc.assert(
    fc.property(anyHtml, (html) => {
      const kinds = nodeKindsOf(readFragment(html));
      expect([...kinds].filter((kind) => kind !== '#element' && kind !== '#text')).toEqual([]);
      expect(() => readXml(`<body>${withFlagValues(html)}</body>`)).not.toThrow();
    }),
  );
});

// Of XML, clean HTML lacks only the values of flags such as `controls`.
function withFlagValues(html: string): string {
  return html.replace(/<[a-z][^>]*>/g, (tag) =>
    tag.replace(/ ([a-z]+)(="[^"]*")?/g, (_, name, value = '=""') => ` ${name}${value}`),
  );
}

test('cleaning clean HTML changes nothing', () => {
  fc.assert(
    fc.property(anyHtml, (html) => {
      expect(renderBody({ html }, place).html).toBe(html);
    }),
  );
});

test('any plain text displays as it was written, apart from white space', () => {
  const letters = (text: string) => text.normalize('NFC').replace(/\s+/g, '');

  fc.assert(
    fc.property(anyText.filter(isFit), (text) => {
      const page = readFragment(renderBody({ text }, place).html);

      expect(letters(textOf(page))).toBe(letters(text));
      expect(elementsOf(page).filter(({ tagName }) => tagName !== 'p' && tagName !== 'br')).toEqual([]);
    }),
  );
});

function isFit(text: string): boolean {
  return findForbiddenCharacter(text) === undefined;
}
