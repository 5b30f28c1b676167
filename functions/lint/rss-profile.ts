import { channelsOf, itemsOf } from './rss-structure.ts';
import type { Rules } from './rule.ts';
import { childrenOf, elementsOf, finding, findings, type XmlDocument } from './xml-element.ts';

/** The best practices of https://www.rssboard.org/rss-profile. */
export const rssProfile: Rules<XmlDocument> = {
  'rss-self-link': (document) =>
    channelsOf(document).flatMap((channel) => {
      const self = childrenOf(channel, 'atom:link').filter(({ attributes }) => attributes.rel === 'self');
      const { href, type } = self[0]?.attributes ?? {};
      const isRight = self.length === 1 && href === document.url && type === 'application/rss+xml';
      return isRight
        ? []
        : [
            finding(
              self[0] ?? channel,
              `Needs one atom:link of rel self and type application/rss+xml to ${document.url}`,
            ),
          ];
    }),

  // Readers that take a title for HTML show such references as characters, all others as markup.
  'rss-plain-text': (document) =>
    [...channelsOf(document), ...itemsOf(document)].flatMap((parent) => {
      const plain = childrenOf(
        parent,
        'title',
        'category',
        ...(parent.kind === 'channel' ? ['description'] : []),
      );
      return findings(
        plain.filter(({ start, end }) =>
          /&(?!#x(?:26|3c);)(?:amp|lt|#0*38|#0*60|#x0*26|#x0*3c);|<!\[CDATA\[[^\]]*[<&]/i.test(
            document.source.slice(start, end),
          ),
        ),
        'Is plain text, in which & and < are to be written as &#x26; and &#x3C;',
      );
    }),

  'rss-one-enclosure': (document) =>
    itemsOf(document).flatMap((item) =>
      findings(childrenOf(item, 'enclosure').slice(1), 'Many readers know one enclosure an item'),
    ),

  'rss-description-first': (document) =>
    findings(
      itemsOf(document).filter(({ children }) => {
        const kinds = children.map(({ kind }) => kind);
        return (
          kinds.includes('content:encoded') && kinds.indexOf('description') > kinds.indexOf('content:encoded')
        );
      }),
      'The description has to come before content:encoded, or readers show it instead',
    ),

  'rss-author-name': (document) =>
    findings(
      elementsOf(document, 'author', 'managingEditor', 'webMaster').filter(
        ({ text }) => text.includes('@') && !/^\S+ \([^)]+\)$/.test(text.trim()),
      ),
      'The address needs a name: desk@example.org (News Desk)',
    ),

  'rss-text-input': (document) => findings(elementsOf(document, 'textInput'), 'No reader supports it'),
};
