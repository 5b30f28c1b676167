import type { Rules } from './rule.ts';
import {
  amongSiblings,
  childrenOf,
  elementsOf,
  finding,
  none,
  unique,
  type XmlDocument,
} from './xml-document.ts';

/** The best practices of https://www.rssboard.org/rss-profile. */
export const rssProfile: Rules<XmlDocument> = {
  'rss-self-link': (document) =>
    elementsOf(document, 'rss/channel').flatMap((channel) => {
      const self = childrenOf(channel, 'atom:link').filter(({ attributes }) => attributes.rel === 'self');
      const { href, type } = self[0]?.attributes ?? {};
      if (self.length === 1 && href === (document.url ?? href) && type === 'application/rss+xml') return [];
      const where = document.url === undefined ? '' : ` to ${document.url}`;
      return [
        finding(self[0] ?? channel, `Needs one atom:link of rel self and type application/rss+xml${where}`),
      ];
    }),

  // Readers that take a title for HTML show such references as characters, all others as markup.
  'rss-plain-text': none(
    'channel/title channel/category channel/description item/title item/category',
    ({ start, end }, { source }) =>
      /&(?!#x(?:26|3c);)(?:amp|lt|#0*38|#0*60|#x0*26|#x0*3c);|<!\[CDATA\[[^\]]*[<&]/i.test(
        source.slice(start, end),
      ),
    'Is plain text, in which & and < are to be written as &#x26; and &#x3C;',
  ),

  'rss-one-enclosure': unique(
    'item/enclosure',
    (enclosure) => amongSiblings(enclosure, ''),
    'Many readers know only one enclosure of an item',
  ),

  'rss-description-first': none(
    'channel/item',
    ({ children }) => {
      const kinds = children.map(({ kind }) => kind);
      const content = kinds.indexOf('content:encoded');
      return content >= 0 && kinds.indexOf('description') > content;
    },
    'The description has to come before content:encoded, or readers show it instead',
  ),

  'rss-author-name': none(
    'author managingEditor webMaster',
    ({ text }) => text.includes('@') && !/^\S+ \([^)]+\)$/.test(text.trim()),
    'The address needs a name: desk@example.org (News Desk)',
  ),

  'rss-text-input': none('textInput', () => true, 'No reader supports it'),
};
